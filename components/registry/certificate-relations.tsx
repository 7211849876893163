import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ResourceTable } from '@/components/ui/resource-table';
import type { Failure } from '@/lib/failure';
import type { PolicySummary } from '@/lib/registry/iot-policy';
import type { Page } from '@/lib/registry/page';
import type { Result } from '@/lib/result';
import { policyHref, thingHref } from './hrefs';
import type { RegistryTranslator } from './translator';

type CertificateRelationsProps = {
  t: RegistryTranslator;
  environment: string;
  things: Result<Page<string>, Failure>;
  policies: Result<Page<PolicySummary>, Failure>;
};

/** The things a certificate is attached to and the policies attached to it. */
export function CertificateRelations({ t, environment, things, policies }: CertificateRelationsProps) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title={t('certificate.things')} isFlush aside={moreOf(t, things)}>
        <ResourceTable
          label={t('certificate.things')}
          rows={things.ok ? things.value.items : []}
          rowKey={(name) => name}
          failure={things.ok ? undefined : things.failure}
          empty={<EmptyState title={t('certificate.noThings')}>{t('certificate.noThingsText')}</EmptyState>}
          columns={[
            {
              id: 'name',
              header: t('things.name'),
              isRowHeader: true,
              cell: (name) => (
                <Link href={thingHref(environment, name)} className="link font-mono wrap-anywhere">
                  {name}
                </Link>
              ),
            },
          ]}
        />
      </Card>
      <Card title={t('certificate.policies')} isFlush aside={moreOf(t, policies)}>
        <ResourceTable
          label={t('certificate.policies')}
          rows={policies.ok ? policies.value.items : []}
          rowKey={({ name }) => name}
          failure={policies.ok ? undefined : policies.failure}
          empty={
            <EmptyState title={t('certificate.noPolicies')}>{t('certificate.noPoliciesText')}</EmptyState>
          }
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
          ]}
        />
      </Card>
    </div>
  );
}

const moreOf = (t: RegistryTranslator, page: Result<Page<unknown>, Failure>) =>
  page.ok && page.value.nextToken !== undefined ? t('list.moreAttached') : undefined;
