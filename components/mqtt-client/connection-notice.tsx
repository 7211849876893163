'use client';

import { useTranslations } from 'use-intl';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import { StatusBadge } from '@/components/ui/status-badge';
import { TimeAgo } from '@/components/ui/time-ago';
import type { ConnectionState } from './answers';
import type { Link } from './use-mqtt-client';

type ConnectionProps = { link: Link; connection: ConnectionState };

/** Whether messages come, in a word. */
export function ConnectionStatus({ link, connection }: ConnectionProps) {
  const t = useTranslations('mqttClient.connection');
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 text-sm">
      {link.kind === 'lost' || link.kind === 'full' ? (
        <StatusBadge tone="danger">{t(link.kind)}</StatusBadge>
      ) : connection.kind === 'connected' ? (
        <>
          <StatusBadge tone="positive">{t('connected')}</StatusBadge>
          <span className="text-ink-muted">
            <TimeAgo at={connection.since} />
          </span>
        </>
      ) : (
        <StatusBadge tone={connection.kind === 'connecting' ? 'neutral' : 'warning'}>
          {t(connection.kind)}
        </StatusBadge>
      )}
    </p>
  );
}

/** What keeps messages from coming, and what to do. */
export function ConnectionNotice({ link, connection }: ConnectionProps) {
  const t = useTranslations('mqttClient.connection');
  if (link.kind === 'full') {
    return (
      <Notice tone="danger" role="alert" title={t('fullTitle', { max: link.max })}>
        <p>{t('fullText')}</p>
      </Notice>
    );
  }
  if (link.kind === 'lost') {
    return (
      <Notice tone="danger" role="alert" title={t('lostTitle')}>
        <p>{t('lostText')}</p>
      </Notice>
    );
  }
  if (connection.kind !== 'waiting') return null;
  if (connection.failure !== undefined) return <FailureNotice failure={connection.failure} />;
  return (
    <Notice tone="warning" role="alert" title={t('waitingTitle')}>
      <p>{t('waitingText', { why: connection.why })}</p>
    </Notice>
  );
}
