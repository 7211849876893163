'use client';

import type { Route } from 'next';
import { useTranslations } from 'use-intl';
import { CsvButton } from '@/components/registry/csv-button';
import { ListPanel } from '@/components/registry/list-panel';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import type { Place } from './event-subject';
import { EventsFilter } from './events-filter';
import { EventsTable } from './events-table';
import type { LiveState } from './live-state';
import { LiveStatus } from './live-status';
import { type SandboxQuery, sandboxHref } from './sandbox-query';
import type { LiveMode } from './use-live';

type EventsPanelProps = {
  place: Place;
  query: SandboxQuery;
  state: LiveState;
  mode: LiveMode;
  setMode: (mode: LiveMode) => void;
  issueHref: Route;
};

const COLUMNS = [
  'sequence',
  'at',
  'code',
  'message',
  'region',
  'clientId',
  'certificateId',
  'caCertificateId',
] as const;

/** What happens in the sandbox, and why, as it happens. */
export function EventsPanel({ place, query, state, mode, setMode, issueHref }: EventsPanelProps) {
  const t = useTranslations('sandbox.events');
  const { events, isCut, trouble } = state;
  const isFiltered = query.find !== undefined || query.kind !== undefined;
  return (
    <ListPanel>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
        <EventsFilter environment={place.id} query={query} codes={events.map(({ code }) => code)} />
        <div className="ml-auto flex flex-wrap items-center gap-3">
          <LiveStatus mode={mode} trouble={trouble} setMode={setMode} />
          <CsvButton
            fileName={`sandbox-events-${place.id}`}
            header={[...COLUMNS]}
            rows={events.map((event) => COLUMNS.map((column) => String(event[column] ?? '')))}
          />
        </div>
      </div>
      {events.length === 0 ? null : (
        <p className="px-4 py-1.5 text-xs text-ink-muted">
          {t(isCut ? 'countMore' : 'count', { count: events.length })}
        </p>
      )}
      <EventsTable
        place={place}
        events={events}
        empty={isFiltered ? <Nothing environment={place.id} /> : <NothingYet issueHref={issueHref} />}
      />
    </ListPanel>
  );
}

function NothingYet({ issueHref }: { issueHref: Route }) {
  const t = useTranslations('sandbox.events');
  return (
    <EmptyState title={t('emptyTitle')} action={<LinkButton href={issueHref}>{t('issue')}</LinkButton>}>
      {t('emptyText')}
    </EmptyState>
  );
}

function Nothing({ environment }: { environment: string }) {
  const t = useTranslations('sandbox.events');
  const ui = useTranslations('ui');
  return (
    <EmptyState
      title={t('nothingTitle')}
      action={<LinkButton href={sandboxHref(environment, {})}>{ui('clearFilter')}</LinkButton>}
    >
      {t('nothingText')}
    </EmptyState>
  );
}
