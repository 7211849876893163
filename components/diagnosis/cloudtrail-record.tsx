'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { buttonStyle } from '@/components/ui/button-style';
import { TimeAgo } from '@/components/ui/time-ago';
import type { RegisterThingEvent } from '@/lib/diagnosis/facts';
import type { Known } from '@/lib/diagnosis/known';

type CloudTrailRecordProps = {
  record: Known<readonly RegisterThingEvent[]>;
  askHref: Route;
  liveHref: Route;
};

/** What CloudTrail has of the provisioning. Asking is an act: it is late and slow, so no page asks by itself. */
export function CloudTrailRecord({ record, askHref, liveHref }: CloudTrailRecordProps) {
  const t = useTranslations('diagnosis.record');
  const isAsked = record.kind !== 'not-asked';
  return (
    <section className="flex flex-col gap-2 text-sm">
      <h3 className="font-semibold">{t('title')}</h3>
      {isAsked ? <Answer record={record} /> : <p className="text-ink-muted">{t('text')}</p>}
      {/* Never ahead of the click: a look-up costs one of two a second that AWS allows. */}
      <Link
        href={isAsked ? liveHref : askHref}
        prefetch={false}
        className={buttonStyle('secondary', 'self-start')}
      >
        {t(isAsked ? 'back' : 'ask')}
      </Link>
    </section>
  );
}

function Answer({ record }: Pick<CloudTrailRecordProps, 'record'>) {
  const t = useTranslations('diagnosis.record');
  if (record.kind !== 'known') return <p>{t('refused')}</p>;
  if (record.value.length === 0) return <p>{t('none')}</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {record.value.map(({ at, errorCode, errorMessage }) => (
        <li key={at.toISOString()} className="wrap-anywhere">
          <TimeAgo at={at.toISOString()} isAbsolute />{' '}
          {errorCode === undefined ? (
            t('good')
          ) : (
            <span className="font-mono text-xs">
              {errorCode}
              {errorMessage === undefined ? '' : `: ${errorMessage}`}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
