'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { usePolling } from './use-polling';

type WatchNoticeProps = {
  /** Whether another read may tell more. */
  goesOn: boolean;
  /** Reading is quick again when this changes. */
  phase: string;
  /** The last read had to leave out calls for the environment's rate. */
  isThrottled: boolean;
};

/** Long enough for the bucket of an environment with few calls a second to fill again. Our choice. */
const THROTTLED_WAIT_MS = 5000;

/** Reads the page again by itself while something is to come, and says whether it does. */
export function WatchNotice({ goesOn, phase, isThrottled }: WatchNoticeProps) {
  const t = useTranslations('device.watch');
  const { isOver, watchOn } = usePolling({
    isOn: goesOn,
    phase,
    busyMs: isThrottled ? THROTTLED_WAIT_MS : undefined,
  });
  if (!isOver) return <p className="text-xs text-ink-muted">{t(goesOn ? 'watching' : 'notWatching')}</p>;
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 text-xs text-ink-muted">
      <p>{t('ended')}</p>
      <Button onPress={watchOn}>{t('on')}</Button>
    </div>
  );
}
