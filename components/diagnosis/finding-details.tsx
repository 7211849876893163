'use client';

import { useTranslations } from 'use-intl';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Finding } from '@/lib/diagnosis/finding';
import { useFindingWords } from './use-finding-words';

/** What to do about one finding, who can, and who said so. */
export function FindingDetails({ finding }: { finding: Finding }) {
  const t = useTranslations('diagnosis');
  const words = useFindingWords();
  const { remedy, who, evidence } = finding;
  const bySource = new Map(evidence.map((each) => [each.source, each]));
  return (
    <div className="flex flex-col gap-3 text-sm">
      <div>
        <p className="font-medium">{t('what.remedy')}</p>
        <ol className="mt-1 flex list-decimal flex-col gap-1 pl-5">
          {remedy.map((code) => (
            <li key={code} className="wrap-anywhere">
              {t(`remedy.${code}`)}
            </li>
          ))}
        </ol>
      </div>
      <dl className="flex flex-wrap gap-x-10 gap-y-2 text-xs">
        <div>
          <dt className="text-ink-muted">{t('what.who')}</dt>
          <dd className="text-sm">{t(`who.${who}`)}</dd>
        </div>
        <div>
          <dt className="text-ink-muted">{t('what.evidence')}</dt>
          {[...bySource.values()].map((each) => (
            <dd key={each.source} className="wrap-anywhere">
              {words.evidence(each)} <TimeAgo at={each.at.toISOString()} />
            </dd>
          ))}
        </div>
      </dl>
    </div>
  );
}
