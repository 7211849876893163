'use client';

import { useTranslations } from 'use-intl';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Writes a length of time in its largest unit up to days: "340 days", "5 hours". */
export function useDuration(): (ms: number) => string {
  const t = useTranslations('ui.duration');
  return (ms) => {
    if (ms >= 2 * DAY_MS) return t('days', { count: Math.floor(ms / DAY_MS) });
    if (ms >= 2 * HOUR_MS) return t('hours', { count: Math.floor(ms / HOUR_MS) });
    if (ms >= MINUTE_MS) return t('minutes', { count: Math.floor(ms / MINUTE_MS) });
    return t('lessThanMinute');
  };
}
