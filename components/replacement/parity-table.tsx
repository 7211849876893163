'use client';

import { useTranslations } from 'use-intl';
import { ResourceTable } from '@/components/ui/resource-table';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Parity } from '@/lib/registry/replacement';

type ParityTableProps = {
  parity: readonly Parity[];
  groups: readonly string[];
  /** AWS knows the new certificate; before that everything would be missing, which says nothing. */
  isKnown: boolean;
};

/** Old and new certificate side by side, and what the change leaves alone. */
export function ParityTable({ parity, groups, isKnown }: ParityTableProps) {
  const t = useTranslations('hierarchy.replacement');
  const rows = [
    ...parity.map((row) => ({
      id: row.aspect as string,
      label: t(`parity.${row.aspect}`),
      old: row.old,
      result: <Outcome row={row} isKnown={isKnown} />,
    })),
    {
      id: 'groups',
      label: t('parity.groups'),
      old: groups,
      result: <StatusBadge tone="positive">{t('parity.groupsSame')}</StatusBadge>,
    },
  ];
  return (
    <section aria-label={t('parity.title')} className="rounded-md border border-line">
      <ResourceTable
        label={t('parity.label')}
        rows={rows}
        rowKey={({ id }) => id}
        empty={null}
        columns={[
          { id: 'aspect', header: t('parity.aspect'), isRowHeader: true, cell: ({ label }) => label },
          {
            id: 'old',
            header: t('parity.old'),
            cell: ({ old }) => (
              <span className="wrap-anywhere">{old.length === 0 ? t('none') : old.join(', ')}</span>
            ),
          },
          { id: 'result', header: t('parity.result'), cell: ({ result }) => result },
        ]}
      />
    </section>
  );
}

function Outcome({ row: { aspect, missing, added }, isKnown }: { row: Parity; isKnown: boolean }) {
  const t = useTranslations('hierarchy.replacement');
  const isOfCertificate = aspect === 'commonName' || aspect === 'subject';
  if (!(isKnown || isOfCertificate)) {
    return <StatusBadge tone="neutral">{t('notRegistered')}</StatusBadge>;
  }
  if (aspect === 'subject' && missing.length > 0) {
    return (
      <StatusBadge tone="warning">{t('parity.subjectDiffers', { names: added.join(', ') })}</StatusBadge>
    );
  }
  if (missing.length > 0) {
    return <StatusBadge tone="danger">{t('parity.missing', { names: missing.join(', ') })}</StatusBadge>;
  }
  return added.length > 0 ? (
    <StatusBadge tone="info">{t('parity.added', { names: added.join(', ') })}</StatusBadge>
  ) : (
    <StatusBadge tone="positive">{t('parity.same')}</StatusBadge>
  );
}
