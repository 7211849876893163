import { CsvButton } from '@/components/registry/csv-button';
import { PageSizes } from '@/components/registry/page-sizes';
import { type PoliciesQuery, policiesHref } from '@/components/registry/policies-query';
import { PoliciesTable } from '@/components/registry/policies-table';
import type { RegistryTranslator } from '@/components/registry/translator';
import { EmptyState } from '@/components/ui/empty-state';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { PageLinks } from '@/components/ui/page-links';
import type { Failure } from '@/lib/failure';
import type { PolicySummary } from '@/lib/registry/iot-policy';
import type { Page } from '@/lib/registry/page';
import type { Result } from '@/lib/result';

type PolicyRowsProps = {
  t: RegistryTranslator;
  environment: string;
  query: PoliciesQuery;
  page: Promise<Result<Page<PolicySummary>, Failure>>;
};

/** The rows, or what stands in their place, with the toolbar above and the pages below. */
export async function PolicyRows({ t, environment, query, page }: PolicyRowsProps) {
  const read = await page;
  const policies = read.ok ? read.value.items : [];
  const nextToken = read.ok ? read.value.nextToken : undefined;
  return (
    <>
      <ListToolbar readAt={new Date().toISOString()}>
        <PageSizes
          label={t('list.pageSize')}
          current={query.size}
          hrefOf={(size) => policiesHref(environment, { size })}
        />
        <CsvButton
          fileName={`policies-${environment}`}
          header={['name', 'arn']}
          rows={policies.map(({ name, arn }) => [name, arn])}
        />
      </ListToolbar>
      <PoliciesTable
        t={t}
        environment={environment}
        policies={policies}
        failure={read.ok ? undefined : read.failure}
        empty={<EmptyState title={t('policies.emptyTitle')}>{t('policies.emptyText')}</EmptyState>}
      />
      <PageLinks
        nextHref={
          nextToken === undefined ? undefined : policiesHref(environment, { ...query, token: nextToken })
        }
        firstHref={
          query.token === undefined ? undefined : policiesHref(environment, { ...query, token: undefined })
        }
      />
    </>
  );
}
