import { type CaPageQuery, devicesPageHref } from '@/components/ca/ca-page-query';
import type { CaTranslator } from '@/components/ca/ca-translator';
import { certificatesOfCaHref, issueHref } from '@/components/ca/hrefs';
import { CertificatesTable } from '@/components/registry/certificates-table';
import { ListPanel } from '@/components/registry/list-panel';
import { PageSizes } from '@/components/registry/page-sizes';
import type { RegistryTranslator } from '@/components/registry/translator';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageLinks } from '@/components/ui/page-links';
import type { Failure } from '@/lib/failure';
import type { CertificateSummary } from '@/lib/registry/device-certificate';
import type { Page } from '@/lib/registry/page';
import type { Result } from '@/lib/result';

type DevicesSectionProps = {
  t: CaTranslator;
  registry: RegistryTranslator;
  environment: string;
  caId: string;
  query: CaPageQuery;
  certificates: Result<Page<CertificateSummary>, Failure>;
  mayIssue: boolean;
};

/** The device certificates that AWS registered under this CA, page by page. */
export function DevicesSection(props: DevicesSectionProps) {
  const { t, registry, environment, caId, query, certificates, mayIssue } = props;
  const nextToken = certificates.ok ? certificates.value.nextToken : undefined;
  return (
    <ListPanel>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 border-b border-line px-4 py-2">
        <LinkButton href={certificatesOfCaHref(environment, caId)}>{t('devices.open')}</LinkButton>
        <PageSizes
          label={registry('list.pageSize')}
          current={query.size}
          hrefOf={(size) => devicesPageHref(environment, caId, { size })}
        />
      </div>
      <CertificatesTable
        t={registry}
        environment={environment}
        certificates={certificates.ok ? certificates.value.items : []}
        failure={certificates.ok ? undefined : certificates.failure}
        empty={
          <EmptyState
            title={t('devices.emptyTitle')}
            action={
              mayIssue ? <LinkButton href={issueHref(environment, caId)}>{t('issue')}</LinkButton> : undefined
            }
          >
            {t('devices.emptyText')}
          </EmptyState>
        }
      />
      <PageLinks
        nextHref={
          nextToken === undefined
            ? undefined
            : devicesPageHref(environment, caId, { size: query.size, token: nextToken })
        }
        firstHref={
          query.token === undefined ? undefined : devicesPageHref(environment, caId, { size: query.size })
        }
      />
    </ListPanel>
  );
}
