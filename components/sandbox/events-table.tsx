'use client';

import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { ResourceTable } from '@/components/ui/resource-table';
import type { SandboxEvent } from '@/lib/registry/sandbox-activity';
import { EventReason } from './event-reason';
import { EventSubject, type Place } from './event-subject';
import { EventTime } from './event-time';

/** More rows at once make every second's update slow. */
const ROWS_STEP = 100;

type EventsTableProps = { place: Place; events: readonly SandboxEvent[]; empty: ReactNode };

/** The events, newest first; the older ones of them when asked for. */
export function EventsTable({ place, events, empty }: EventsTableProps) {
  const t = useTranslations('sandbox.events');
  const [rowsMax, setRowsMax] = useState(ROWS_STEP);
  const older = Math.min(events.length - rowsMax, ROWS_STEP);
  return (
    <>
      <ResourceTable
        label={t('label')}
        rows={events.slice(0, rowsMax)}
        rowKey={({ sequence, at }) => `${sequence} ${at}`}
        empty={empty}
        columns={[
          { id: 'time', header: t('time'), cell: ({ at }) => <EventTime at={at} /> },
          {
            id: 'reason',
            header: t('reason'),
            isRowHeader: true,
            cell: (event) => <EventReason event={event} />,
          },
          { id: 'about', header: t('about'), cell: (event) => <EventSubject event={event} place={place} /> },
        ]}
      />
      {older > 0 ? (
        <div className="flex justify-center border-t border-line p-2">
          <Button variant="quiet" onPress={() => setRowsMax(rowsMax + ROWS_STEP)}>
            {t('older', { count: older })}
          </Button>
        </div>
      ) : null}
    </>
  );
}
