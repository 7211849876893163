import Link from 'next/link';
import type { ReactNode } from 'react';
import { Id } from '@/components/ui/id';
import { ResourceTable } from '@/components/ui/resource-table';
import type { Failure } from '@/lib/failure';
import type { PolicySummary } from '@/lib/registry/iot-policy';
import { policyHref } from './hrefs';
import type { RegistryTranslator } from './translator';

type PoliciesTableProps = {
  t: RegistryTranslator;
  environment: string;
  policies: readonly PolicySummary[];
  empty: ReactNode;
  failure?: Failure | undefined;
};

export function PoliciesTable({ t, environment, policies, empty, failure }: PoliciesTableProps) {
  return (
    <ResourceTable
      label={t('policies.label')}
      rows={policies}
      rowKey={({ name }) => name}
      empty={empty}
      failure={failure}
      columns={[
        {
          id: 'name',
          header: t('policies.name'),
          isRowHeader: true,
          cell: ({ name }) => (
            <Link href={policyHref(environment, name)} className="link font-mono wrap-anywhere">
              {name}
            </Link>
          ),
        },
        {
          id: 'arn',
          header: t('policies.arn'),
          isSecondary: true,
          cell: ({ arn }) => <Id value={arn} label={t('policies.arn')} isWhole />,
        },
      ]}
    />
  );
}
