import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Failure } from '@/lib/failure';
import type { PolicyVersion } from '@/lib/registry/iot-policy';
import { policyVersionHref } from './hrefs';
import type { RegistryTranslator } from './translator';

type PolicyVersionsTableProps = {
  t: RegistryTranslator;
  environment: string;
  policyName: string;
  versions: readonly PolicyVersion[];
  shownVersionId: string;
  failure: Failure | undefined;
};

export function PolicyVersionsTable(props: PolicyVersionsTableProps) {
  const { t, environment, policyName, versions, shownVersionId, failure } = props;
  return (
    <ResourceTable
      label={t('policy.versions')}
      rows={versions}
      rowKey={({ versionId }) => versionId}
      failure={failure}
      empty={null}
      columns={[
        {
          id: 'version',
          header: t('policy.version'),
          isRowHeader: true,
          cell: ({ versionId, isDefault }) => (
            <span className="inline-flex flex-wrap items-center gap-2">
              <Link
                href={policyVersionHref(environment, policyName, versionId)}
                aria-current={versionId === shownVersionId ? 'true' : undefined}
                className="link tabular-nums"
              >
                {t('policy.version')} {versionId}
              </Link>
              {isDefault ? <Badge tone="positive">{t('policy.inForce')}</Badge> : null}
              {versionId === shownVersionId ? <Badge>{t('policy.shown')}</Badge> : null}
            </span>
          ),
        },
        {
          id: 'created',
          header: t('policy.created'),
          cell: ({ createdAt }) => (createdAt === undefined ? '–' : <TimeAgo at={createdAt.toISOString()} />),
        },
      ]}
    />
  );
}
