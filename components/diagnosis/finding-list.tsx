'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Disclosure } from '@/components/ui/disclosure';
import type { Finding } from '@/lib/diagnosis/finding';
import { FindingDetails } from './finding-details';
import { useFindingWords } from './use-finding-words';

/** Further findings in the order of what to do first; each opens to its remedy and evidence. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslations('diagnosis');
  const words = useFindingWords();
  return (
    <ol className="flex flex-col divide-y divide-line border-y border-line">
      {findings.map((finding) => {
        const { code, params, certainty, isAhead, weight } = finding;
        return (
          <li key={`${code} ${JSON.stringify(params)}`} className="py-2">
            <Disclosure
              summary={
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="text-left font-normal text-ink wrap-anywhere">{words.cause(finding)}</span>
                  <Badge tone={certainty === 'certain' && weight === 'blocks' ? 'warning' : 'neutral'}>
                    {t(`certainty.${certainty}`)}
                  </Badge>
                  {isAhead ? <Badge>{t('what.ahead')}</Badge> : null}
                </span>
              }
            >
              <div className="pl-5">
                <FindingDetails finding={finding} />
              </div>
            </Disclosure>
          </li>
        );
      })}
    </ol>
  );
}
