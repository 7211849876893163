'use client';

import type { Route } from 'next';
import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import { Tabs } from '@/components/ui/tabs';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { ActiveFaultsNotice } from './active-faults-notice';
import type { Live } from './answers';
import { ClientsPanel } from './clients-panel';
import type { Place } from './event-subject';
import { EventsPanel } from './events-panel';
import { FaultsPanel } from './faults-panel';
import type { FaultActions } from './sandbox-actions';
import type { SandboxQuery } from './sandbox-query';
import { TroubleNotice } from './trouble-notice';
import { useLive } from './use-live';

type SandboxPanelsProps = {
  place: Place;
  query: SandboxQuery;
  /** What the server has read. */
  first: Result<Live, Failure>;
  faultActions: FaultActions | undefined;
  issueHref: Route;
};

/** The parts of the page, which keep up with the sandbox by themselves. */
export function SandboxPanels({ place, query, first, faultActions, issueHref }: SandboxPanelsProps) {
  const t = useTranslations('sandbox');
  const { state, mode, setMode, readNow } = useLive(place.id, query, first);
  const { faults, trouble, isAnew } = state;
  const changing = { environment: place.id, faults, actions: faultActions, onChanged: readNow };
  return (
    <>
      {trouble === undefined ? null : <TroubleNotice trouble={trouble} />}
      <ActiveFaultsNotice {...changing} />
      {isAnew ? <Notice tone="info" role="status" title={t('live.anew')} /> : null}
      <Tabs
        label={t('tab.label')}
        initialTab={query.tab}
        tabs={[
          {
            id: 'events',
            label: t('tab.events'),
            content: <EventsPanel {...{ place, query, state, mode, setMode, issueHref }} />,
          },
          { id: 'clients', label: t('tab.clients'), content: <ClientsPanel place={place} query={query} /> },
          {
            id: 'faults',
            label: t('tab.faults', { count: faults.length }),
            content: <FaultsPanel {...changing} />,
          },
        ]}
      />
    </>
  );
}
