'use client';

import { useFormatter, useLocale, useTranslations } from 'use-intl';
import { useIsHydrated, useNowMs } from './use-now';

type TimeAgoProps = {
  /** ISO 8601. */
  at: string;
  /** Shows the absolute time first, for pages about one thing. */
  isAbsolute?: boolean;
};

/** A moment as "3 minutes ago"; the local and the UTC time stand in its title. */
export function TimeAgo({ at, isAbsolute = false }: TimeAgoProps) {
  const t = useTranslations('ui');
  const locale = useLocale();
  const format = useFormatter();
  const nowMs = useNowMs();
  const isHydrated = useIsHydrated();
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return <span>{at}</span>;

  const relative = format.relativeTime(moment, new Date(Math.max(nowMs, 0)));
  const utc = t('utcTime', { time: absolute(moment, locale, 'UTC') });
  // The browser's time zone is unknown to the server.
  const local = isHydrated ? t('localTime', { time: absolute(moment, locale, undefined) }) : utc;
  return (
    <time
      dateTime={moment.toISOString()}
      title={isHydrated ? `${local}\n${utc}` : utc}
      className={isAbsolute ? undefined : 'whitespace-nowrap'}
    >
      {isAbsolute ? (
        <>
          {isHydrated ? absolute(moment, locale, undefined) : utc}{' '}
          <span className="text-ink-muted">({relative})</span>
        </>
      ) : (
        relative
      )}
    </time>
  );
}

function absolute(moment: Date, locale: string, timeZone: 'UTC' | undefined): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(moment);
}
