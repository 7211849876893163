'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { certificateHref } from '@/components/registry/hrefs';
import { Id } from '@/components/ui/id';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import type { SandboxClient } from '@/lib/registry/sandbox-activity';
import type { Place } from './event-subject';

/** More do not fit a row; a connection can have fifty. */
const SUBSCRIPTIONS_SHOWN_MAX = 3;

type ClientsTableProps = { place: Place; clients: readonly SandboxClient[]; empty: ReactNode };

export function ClientsTable({ place, clients, empty }: ClientsTableProps) {
  const t = useTranslations('sandbox.clients');
  const regionLabel = useTranslations('sandbox.events')('region');
  return (
    <ResourceTable
      label={t('label')}
      rows={clients}
      rowKey={({ region, clientId }) => `${region} ${clientId}`}
      empty={empty}
      columns={[
        {
          id: 'clientId',
          header: t('clientId'),
          isRowHeader: true,
          cell: ({ clientId, region }) => (
            <span className="flex flex-col">
              <span className="font-mono wrap-anywhere">{clientId}</span>
              {region === place.region ? null : (
                <span className="text-xs font-normal text-ink-muted">
                  {regionLabel} <span className="font-mono">{region}</span>
                </span>
              )}
            </span>
          ),
        },
        {
          id: 'principal',
          header: t('principal'),
          cell: ({ certificateId, principal, region }) => (
            <Id
              value={certificateId ?? principal}
              label={t('principal')}
              href={
                certificateId !== null && region === place.region
                  ? certificateHref(place.id, certificateId)
                  : undefined
              }
            />
          ),
        },
        { id: 'since', header: t('since'), cell: ({ connectedAt }) => <TimeAgo at={connectedAt} /> },
        {
          id: 'protocol',
          header: t('protocol'),
          cell: ({ protocol, mqttVersion, sourceIp }) => (
            <span className="flex flex-col">
              {t(protocol === 'mqtt' ? 'overTls' : 'overWebSocket', { version: mqttVersion })}
              <span className="font-mono text-xs text-ink-muted">{sourceIp}</span>
            </span>
          ),
        },
        {
          id: 'session',
          header: t('session'),
          isSecondary: true,
          cell: ({ cleanStart }) => t(cleanStart ? 'cleanStart' : 'keptSession'),
        },
        {
          id: 'keepAlive',
          header: t('keepAlive'),
          align: 'end',
          isSecondary: true,
          cell: ({ keepAliveSeconds }) => t('seconds', { count: keepAliveSeconds }),
        },
        {
          id: 'subscriptions',
          header: t('subscriptions'),
          cell: ({ subscriptions }) => <Subscriptions filters={subscriptions} />,
        },
      ]}
    />
  );
}

function Subscriptions({ filters }: { filters: readonly string[] }) {
  const t = useTranslations('sandbox.clients');
  const more = filters.length - SUBSCRIPTIONS_SHOWN_MAX;
  if (filters.length === 0) return <span className="text-ink-muted">{t('noSubscriptions')}</span>;
  return (
    <ul className="flex min-w-0 flex-col font-mono text-xs">
      {filters.slice(0, SUBSCRIPTIONS_SHOWN_MAX).map((filter) => (
        <li key={filter} className="wrap-anywhere">
          {filter}
        </li>
      ))}
      {more > 0 ? (
        <li className="font-sans text-ink-muted" title={filters.slice(SUBSCRIPTIONS_SHOWN_MAX).join('\n')}>
          {t('moreSubscriptions', { count: more })}
        </li>
      ) : null}
    </ul>
  );
}
