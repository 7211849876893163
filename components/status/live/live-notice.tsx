'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { StatusBadge } from '@/components/ui/status-badge';
import { isAbout, type LiveTopic } from '@/lib/registry/live-event';
import type { LiveStatus } from './live-stream';
import { useLiveRefresh } from './use-live-refresh';
import { usePolling } from './use-polling';

type LiveNoticeProps = {
  environment: string;
  topic: LiveTopic;
  /** When what is shown was read, ISO 8601. */
  readAt: string;
  /** Whether another read may tell more: only then it is read by itself while it is not live. */
  goesOn: boolean;
  /** Such reading is quick again when this changes. */
  phase: string;
  /** The last read had to leave out calls for the environment's rate. */
  isThrottled: boolean;
};

/** Long enough for the bucket of an environment with few calls a second to fill again. Our choice. */
const THROTTLED_WAIT_MS = 5_000;
/** A device's events come in twos and threes. Our choice. */
const DEVICE_GAP_MS = 500;
/** A queue costs several calls, and a whole batch may come at once. Our choice. */
const QUEUE_GAP_MS = 3_000;

/**
 * Reads the page again when something happens that concerns it, and says whether that works. Where the events cannot be heard
 * it is read again and again instead, as long as something is to come.
 */
export function LiveNotice({ environment, topic, readAt, goesOn, phase, isThrottled }: LiveNoticeProps) {
  const t = useTranslations('live');
  const status = useLiveRefresh({
    environment,
    readAt,
    concerns: (event) => isAbout(event, topic),
    gapMs: 'device' in topic ? DEVICE_GAP_MS : QUEUE_GAP_MS,
  });
  const isLive = status.kind === 'live';
  const { isOver, watchOn } = usePolling({
    // What was left out of a read is no event.
    isOn: goesOn && (!isLive || isThrottled),
    phase,
    busyMs: isThrottled ? THROTTLED_WAIT_MS : undefined,
  });
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-muted">
      <LiveWords status={status} isPolling={goesOn && !isOver} />
      {isOver ? (
        <>
          <p>{t('pollingOver')}</p>
          <Button onPress={watchOn}>{t('pollOn')}</Button>
        </>
      ) : null}
    </div>
  );
}

function LiveWords({ status, isPolling }: { status: LiveStatus; isPolling: boolean }) {
  const t = useTranslations('live');
  if (status.kind === 'connecting') return <p>{t('connecting')}</p>;
  if (status.kind === 'live') {
    return (
      <p className="flex flex-wrap items-center gap-x-2">
        <StatusBadge tone="positive">{t('live')}</StatusBadge>
        {t('text')}
      </p>
    );
  }
  const why = status.kind === 'lost' ? t('lost') : t(status.why, { detail: status.detail });
  return (
    <p className="min-w-0 wrap-anywhere">
      <StatusBadge tone="warning">{why}</StatusBadge> {t(isPolling ? 'polling' : 'notPolling')}
    </p>
  );
}
