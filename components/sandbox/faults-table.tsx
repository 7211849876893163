'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ResourceTable } from '@/components/ui/resource-table';
import { EVERY_OPERATION, type SandboxFault } from '@/lib/registry/sandbox-activity';

type FaultsTableProps = {
  faults: readonly SandboxFault[];
  empty: ReactNode;
  /** The button of a row; nothing where the operator may not. */
  removal?: ((fault: SandboxFault, operation: string) => ReactNode) | undefined;
};

export function FaultsTable({ faults, empty, removal }: FaultsTableProps) {
  const t = useTranslations('sandbox.faults');
  const nameOf = ({ operation }: SandboxFault) => (operation === EVERY_OPERATION ? t('every') : operation);
  return (
    <ResourceTable
      label={t('label')}
      rows={faults}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          id: 'operation',
          header: t('operation'),
          isRowHeader: true,
          cell: (fault) =>
            fault.operation === EVERY_OPERATION ? (
              t('every')
            ) : (
              <span className="font-mono wrap-anywhere">{fault.operation}</span>
            ),
        },
        {
          id: 'fault',
          header: t('fault'),
          cell: ({ fault, latencyMs }) =>
            fault === 'latency' ? t('latencyOf', { ms: latencyMs ?? 0 }) : t(`kind.${fault}.name`),
        },
        { id: 'hits', header: t('hits'), cell: (fault) => <Reach fault={fault} /> },
        { id: 'fired', header: t('fired'), cell: ({ fired }) => t('firedTimes', { count: fired }) },
        ...(removal === undefined
          ? []
          : [
              {
                id: 'actions',
                header: t('actions'),
                align: 'end' as const,
                cell: (fault: SandboxFault) => removal(fault, nameOf(fault)),
              },
            ]),
      ]}
    />
  );
}

/** Which calls it will hit yet. */
function Reach({ fault: { count, fired, probability } }: { fault: SandboxFault }) {
  const t = useTranslations('sandbox.faults');
  const until = count === undefined ? t('untilRemoved') : t('remaining', { count: count - fired });
  return (
    <span className="flex flex-col">
      {until}
      {probability === undefined ? null : (
        <span className="text-xs text-ink-muted">{t('share', { share: probability })}</span>
      )}
    </span>
  );
}
