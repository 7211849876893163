'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ListPanel } from '@/components/registry/list-panel';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Skeleton } from '@/components/ui/skeleton';
import { CLIENTS_SHOWN_MAX } from './answers';
import { ClientsFilter } from './clients-filter';
import { ClientsTable } from './clients-table';
import type { Place } from './event-subject';
import { LiveStatus } from './live-status';
import { type SandboxQuery, sandboxHref } from './sandbox-query';
import { TroubleNotice } from './trouble-notice';
import { useClients } from './use-clients';
import type { LiveMode } from './use-live';

type ClientsPanelProps = {
  place: Place;
  query: SandboxQuery;
};

/** Who is connected now. */
export function ClientsPanel({ place, query }: ClientsPanelProps) {
  const t = useTranslations('sandbox.clients');
  const [mode, setMode] = useState<LiveMode>('live');
  const { clients, trouble } = useClients(place.id, query, mode === 'live', () => setMode('rested'));
  return (
    <ListPanel>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
        <ClientsFilter environment={place.id} value={query.client} />
        <div className="ml-auto flex flex-wrap items-center gap-3">
          <LiveStatus mode={mode} trouble={trouble} setMode={setMode} />
        </div>
      </div>
      {clients === undefined ? (
        trouble === undefined ? (
          <Skeleton label={t('loading')} rows={4} />
        ) : (
          <div className="p-4">
            <TroubleNotice trouble={trouble} />
          </div>
        )
      ) : (
        <>
          <p className="px-4 py-1.5 text-xs text-ink-muted">
            {t('count', { count: clients.countConnected })}
            {clients.count > CLIENTS_SHOWN_MAX
              ? ` · ${t('countShown', { shown: CLIENTS_SHOWN_MAX, count: clients.count })}`
              : ''}
          </p>
          <ClientsTable
            place={place}
            clients={clients.clients}
            empty={
              clients.countConnected > 0 ? (
                <EmptyState title={t('nothingTitle')} action={<ClearFilter environment={place.id} />}>
                  {t('nothingText')}
                </EmptyState>
              ) : (
                <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
              )
            }
          />
        </>
      )}
    </ListPanel>
  );
}

function ClearFilter({ environment }: { environment: string }) {
  const ui = useTranslations('ui');
  return <LinkButton href={sandboxHref(environment, { tab: 'clients' })}>{ui('clearFilter')}</LinkButton>;
}
