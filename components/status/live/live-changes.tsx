'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { StatusBadge } from '@/components/ui/status-badge';
import { useRefresh } from '@/components/ui/use-refresh';
import { isAbout, type LiveTopic } from '@/lib/registry/live-event';
import type { LiveStatus } from './live-stream';
import { useLive } from './use-live';
import { useWantedRefresh } from './use-wanted-refresh';

type LiveChangesProps = {
  environment: string;
  topic: LiveTopic;
  /** When what is shown was read, ISO 8601. */
  readAt: string;
};

/** What has happened since a page was read, and the button that shows it: nothing moves under a pointer by itself. */
export function LiveChanges({ environment, topic, readAt }: LiveChangesProps) {
  const t = useTranslations('live');
  const { toldRefresh, isReading } = useRefresh();
  const missed = useWantedRefresh(0);
  const [since, setSince] = useState({ readAt, count: 0 });
  const status = useLive({
    environment,
    readAt,
    concerns: (event) => isAbout(event, topic),
    onChange: (events) => {
      // Nobody knows what was missed, so there is nothing to offer.
      if (events.length === 0) missed.want();
      else
        setSince((known) => ({ readAt, count: (known.readAt === readAt ? known.count : 0) + events.length }));
    },
  });
  if (since.readAt !== readAt || since.count === 0) return <LiveBadge status={status} />;
  return (
    <span role="status" className="flex flex-wrap items-center gap-2 text-xs">
      <span>{t('changes', { count: since.count })}</span>
      <Button variant="quiet" isPending={isReading} onPress={() => void toldRefresh()}>
        {t('show')}
      </Button>
    </span>
  );
}

function LiveBadge({ status }: { status: LiveStatus }) {
  const t = useTranslations('live');
  if (status.kind === 'connecting') return null;
  return (
    <span className="text-xs">
      <StatusBadge tone={status.kind === 'live' ? 'positive' : 'warning'}>
        {t(status.kind === 'live' ? 'live' : 'off')}
      </StatusBadge>
    </span>
  );
}
