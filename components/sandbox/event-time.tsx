'use client';

import { useLocale } from 'use-intl';
import { TimeAgo } from '@/components/ui/time-ago';
import { useIsHydrated } from '@/components/ui/use-now';

/** The clock's time to the second, to be held against a device's own log, and how long ago that is. */
export function EventTime({ at }: { at: string }) {
  const locale = useLocale();
  const isHydrated = useIsHydrated();
  const clock = new Intl.DateTimeFormat(locale, {
    timeStyle: 'medium',
    // The browser's time zone is unknown to the server.
    ...(isHydrated ? {} : { timeZone: 'UTC' }),
  }).format(new Date(at));
  return (
    <span className="flex flex-col max-sm:flex-row max-sm:gap-2">
      <span className="whitespace-nowrap">{clock}</span>
      <span className="text-xs text-ink-muted">
        <TimeAgo at={at} />
      </span>
    </span>
  );
}
