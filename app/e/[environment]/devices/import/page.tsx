import type { Metadata } from 'next';
import { devicesHref } from '@/components/device/devices-query';
import { ImportCaList } from '@/components/ledger/import-ca-list';
import { ImportCertificates } from '@/components/ledger/import-certificates';
import { importHref, ledgerOverviewHref } from '@/components/ledger/ledger-href';
import { ListPanel } from '@/components/registry/list-panel';
import { textParameter } from '@/components/registry/list-query';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { PageLinks } from '@/components/ui/page-links';
import { requirePermission } from '@/lib/auth/require-permission';
import { readIssuingCa, readIssuingCas } from '@/lib/aws/issuing-cas';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';

type Props = PageProps<'/e/[environment]/devices/import'>;

/** AWS's marker has no bound in the service model; a URL has. */
const token = textParameter(4096);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('ledger-work');
  return { title: t('import.title') };
}

export default async function ImportPage({ params, searchParams }: Props) {
  const environmentId = (await params).environment;
  await requirePermission('ledger:import', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const { id } = environment;
  const [t, device, ui, query] = await Promise.all([
    getTranslations('ledger-work'),
    getTranslations('device'),
    getTranslations('ui'),
    searchParams,
  ]);
  const caId = typeof query['ca'] === 'string' && isCertificateId(query['ca']) ? query['ca'] : undefined;
  const header = (
    <PageHeader
      title={t('import.title')}
      description={caId === undefined ? t('import.chooseCa') : t('import.description')}
      breadcrumb={[
        { label: device('list.title'), href: devicesHref(id, {}) },
        { label: t('overview.title'), href: ledgerOverviewHref(id) },
      ]}
      breadcrumbLabel={ui('breadcrumb')}
    />
  );
  if (caId === undefined) {
    const page = await readIssuingCas(environment, token.parse(query['token']));
    const next = page.ok ? page.value.nextToken : undefined;
    return (
      <>
        {header}
        <ListPanel>
          <ImportCaList t={t} device={device} environment={id} page={page} />
          <PageLinks
            nextHref={next === undefined ? undefined : importHref(id, { token: next })}
            firstHref={query['token'] === undefined ? undefined : importHref(id)}
          />
        </ListPanel>
      </>
    );
  }
  const ca = await readIssuingCa(environment, caId);
  const base = `/e/${id}/devices/import`;
  return (
    <>
      {header}
      {ca.ok ? (
        <ImportCertificates
          key={caId}
          environment={id}
          ca={{ caId, name: ca.value.name, status: ca.value.status }}
          urls={{ check: `${base}/check`, rows: `${base}/rows` }}
        />
      ) : (
        <>
          <FailureNotice failure={ca.failure} />
          <div>
            <LinkButton href={importHref(id)}>{t('import.otherCa')}</LinkButton>
          </div>
        </>
      )}
    </>
  );
}
