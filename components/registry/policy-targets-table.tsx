import { EmptyState } from '@/components/ui/empty-state';
import { Id } from '@/components/ui/id';
import { ResourceTable } from '@/components/ui/resource-table';
import type { Failure } from '@/lib/failure';
import type { Principal } from '@/lib/registry/principal';
import { certificateHref } from './hrefs';
import type { RegistryTranslator } from './translator';

type PolicyTargetsTableProps = {
  t: RegistryTranslator;
  environment: string;
  targets: readonly Principal[];
  failure: Failure | undefined;
};

const KINDS = {
  certificate: 'policy.certificate',
  'thing-group': 'policy.thingGroup',
  other: 'policy.other',
} as const;

export function PolicyTargetsTable({ t, environment, targets, failure }: PolicyTargetsTableProps) {
  return (
    <ResourceTable
      label={t('policy.targets')}
      rows={targets}
      rowKey={({ arn }) => arn}
      failure={failure}
      empty={<EmptyState title={t('policy.noTargets')}>{t('policy.noTargetsText')}</EmptyState>}
      columns={[
        {
          id: 'target',
          header: t('policy.target'),
          isRowHeader: true,
          cell: (target) =>
            target.kind === 'certificate' ? (
              <Id
                value={target.certificateId}
                label={t('certificates.id')}
                href={certificateHref(environment, target.certificateId)}
              />
            ) : (
              <Id value={target.arn} label={t('policy.target')} isWhole />
            ),
        },
        { id: 'kind', header: t('policy.kind'), cell: ({ kind }) => t(KINDS[kind]) },
      ]}
    />
  );
}
