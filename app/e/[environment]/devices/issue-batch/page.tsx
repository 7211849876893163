import type { Metadata } from 'next';
import { issueBatchHref } from '@/components/batch/batch-href';
import { ForgetEndedBatches } from '@/components/batch/forget-ended-batches';
import { IssueBatch } from '@/components/batch/issue-batch';
import { toOpenBatchFacts } from '@/components/batch/open-batch-facts';
import { UnfinishedElsewhere } from '@/components/batch/unfinished-elsewhere';
import { CaChoice } from '@/components/device/ca-choice';
import { devicesHref } from '@/components/device/devices-query';
import { ListPanel } from '@/components/registry/list-panel';
import { textParameter } from '@/components/registry/list-query';
import { PageHeader } from '@/components/ui/page-header';
import { PageLinks } from '@/components/ui/page-links';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { readIssuingCas } from '@/lib/aws/issuing-cas';
import { requireEnvironment } from '@/lib/config/environments';
import { readChainedCa } from '@/lib/devices/issuing-ca';
import { openBatches } from '@/lib/ledger/batches';
import { listProfiles, toProfiles } from '@/lib/ledger/profiles';
import { getTranslations } from '@/lib/locale/get-translations';
import { getLocale } from '@/lib/locale/preferences';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { begin, confirm, giveUp } from './actions';

type Props = PageProps<'/e/[environment]/devices/issue-batch'>;

/** AWS's marker has no bound in the service model; a URL has. */
const token = textParameter(4096);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('batch');
  return { title: t('title') };
}

export default async function IssueBatchPage({ params, searchParams }: Props) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('device:issue', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const [t, device, ui, query, open] = await Promise.all([
    getTranslations('batch'),
    getTranslations('device'),
    getTranslations('ui'),
    searchParams,
    openBatches(environment.id),
  ]);
  const caId = typeof query['ca'] === 'string' && isCertificateId(query['ca']) ? query['ca'] : undefined;
  const unfinished = open.map((row) => toOpenBatchFacts(row, operator.id));
  const base = `/e/${environment.id}/devices`;
  const endedUrl = `${base}/batches/ended`;

  const header = (
    <PageHeader
      title={t('title')}
      description={caId === undefined ? t('chooseCa') : t('description')}
      breadcrumb={[{ label: device('list.title'), href: devicesHref(environment.id, {}) }]}
      breadcrumbLabel={ui('breadcrumb')}
    />
  );
  if (caId === undefined) {
    const page = await readIssuingCas(environment, token.parse(query['token']));
    const next = page.ok ? page.value.nextToken : undefined;
    return (
      <>
        {header}
        <ForgetEndedBatches url={endedUrl} />
        <UnfinishedElsewhere environment={environment.id} batches={unfinished} />
        <ListPanel>
          <CaChoice
            t={device}
            environment={environment.id}
            page={page}
            nowMs={Date.now()}
            mayRegister={can(operator, 'ca:register', { environment: environment.id })}
            hrefOf={(ca) => issueBatchHref(environment.id, { ca })}
          />
          <PageLinks
            nextHref={next === undefined ? undefined : issueBatchHref(environment.id, { token: next })}
            firstHref={query['token'] === undefined ? undefined : issueBatchHref(environment.id, {})}
          />
        </ListPanel>
      </>
    );
  }

  const [ca, profiles] = await Promise.all([
    readChainedCa(environment, caId),
    getLocale().then((locale) => listProfiles(environment.id, locale)),
  ]);
  return (
    <>
      {header}
      <ForgetEndedBatches url={endedUrl} />
      <IssueBatch
        key={caId}
        environment={environment.id}
        caId={caId}
        ca={ca}
        profiles={toProfiles(profiles)}
        openBatches={unfinished.filter((batch) => batch.caId === caId)}
        urls={{
          reserve: `${base}/batches/reserve`,
          names: `${base}/batches/names`,
          registry: `${base}/issue/registry`,
        }}
        actions={{ begin, confirm, giveUp }}
      />
    </>
  );
}
