import Link from 'next/link';
import type { ReactNode } from 'react';
import { selectColumn } from '@/components/acts/select-column';
import { ResourceTable } from '@/components/ui/resource-table';
import type { Failure } from '@/lib/failure';
import type { ThingSummary } from '@/lib/registry/thing';
import { thingHref } from './hrefs';
import type { RegistryTranslator } from './translator';

/** More attributes than this do not fit a row; a thing can have fifty. */
const ATTRIBUTES_SHOWN_MAX = 3;

type ThingsTableProps = {
  t: RegistryTranslator;
  environment: string;
  things: readonly ThingSummary[];
  empty: ReactNode;
  failure?: Failure | undefined;
  /** The table stands in a `SelectionScope`. */
  isSelectable?: boolean;
};

export function ThingsTable({
  t,
  environment,
  things,
  empty,
  failure,
  isSelectable = false,
}: ThingsTableProps) {
  return (
    <ResourceTable
      label={t('things.label')}
      rows={things}
      rowKey={({ name }) => name}
      empty={empty}
      failure={failure}
      columns={[
        ...(isSelectable ? [selectColumn(t('list.select'), (row: ThingSummary) => row.name)] : []),
        {
          id: 'name',
          header: t('things.name'),
          isRowHeader: true,
          cell: ({ name }) => (
            <Link href={thingHref(environment, name)} className="link font-mono wrap-anywhere">
              {name}
            </Link>
          ),
        },
        {
          id: 'type',
          header: t('things.type'),
          cell: ({ typeName }) => typeName ?? <span className="text-ink-muted">{t('things.noType')}</span>,
        },
        {
          id: 'attributes',
          header: t('things.attributes'),
          cell: ({ attributes }) => <Attributes t={t} attributes={attributes} />,
        },
        {
          id: 'version',
          header: t('things.version'),
          align: 'end',
          isSecondary: true,
          cell: ({ version }) => version,
        },
      ]}
    />
  );
}

function Attributes({ t, attributes }: { t: RegistryTranslator; attributes: Record<string, string> }) {
  const all = Object.entries(attributes);
  const more = all.length - ATTRIBUTES_SHOWN_MAX;
  if (all.length === 0) return <span className="text-ink-muted">–</span>;
  return (
    <span className="inline-flex flex-wrap gap-x-3 gap-y-0.5 font-mono text-xs">
      {all.slice(0, ATTRIBUTES_SHOWN_MAX).map(([name, value]) => (
        <span key={name} className="wrap-anywhere">
          <span className="text-ink-muted">{name}=</span>
          {value}
        </span>
      ))}
      {more > 0 ? (
        <span className="font-sans text-ink-muted">{t('things.moreAttributes', { count: more })}</span>
      ) : null}
    </span>
  );
}
