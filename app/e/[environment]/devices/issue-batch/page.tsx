import type { Metadata } from 'next';
import { issueBatchHref } from '@/components/batch/batch-href';
import { RunElsewhere } from '@/components/batch/batch-run-provider';
import { FinishEndings } from '@/components/batch/finish-endings';
import { ForgetEndedBatches } from '@/components/batch/forget-ended-batches';
import { IssueBatch } from '@/components/batch/issue-batch';
import { toOpenBatchFacts } from '@/components/batch/open-batch-facts';
import { UnfinishedElsewhere } from '@/components/batch/unfinished-elsewhere';
import { parsePosition, printPosition } from '@/components/device/batch-position';
import { CaChoice } from '@/components/device/ca-choice';
import { devicesHref } from '@/components/device/devices-query';
import { batchesHref } from '@/components/ledger/ledger-href';
import { ListPanel } from '@/components/registry/list-panel';
import { textParameter } from '@/components/registry/list-query';
import { FailureNotice } from '@/components/ui/failure-notice';
import { PageHeader } from '@/components/ui/page-header';
import { PageLinks } from '@/components/ui/page-links';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { readIssuingCas } from '@/lib/aws/issuing-cas';
import { requireEnvironment } from '@/lib/config/environments';
import { readChainedCa } from '@/lib/devices/issuing-ca';
import { interruptedBatches, openBatches } from '@/lib/ledger/batches';
import { listProfiles, toProfiles } from '@/lib/ledger/profiles';
import { getTranslations } from '@/lib/locale/get-translations';
import { getLocale } from '@/lib/locale/preferences';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { confirm, finishEnd, giveUp } from './actions';
import { readReissue, reissueQuery } from './read-reissue';

type Props = PageProps<'/e/[environment]/devices/issue-batch'>;

/** AWS's marker has no bound in the service model; a URL has. */
const token = textParameter(4096);

/** Each can be gone on with, and is a card then. */
const OPEN_BATCHES_SHOWN = 20;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('batch');
  return { title: t('title') };
}

export default async function IssueBatchPage({ params, searchParams }: Props) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('device:issue', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const [t, device, ui, query] = await Promise.all([
    getTranslations('batch'),
    getTranslations('device'),
    getTranslations('ui'),
    searchParams,
  ]);
  const caId = typeof query['ca'] === 'string' && isCertificateId(query['ca']) ? query['ca'] : undefined;
  const from = parsePosition(query['open']);
  const [open, interrupted] = await Promise.all([
    openBatches(environment.id, { caId, from, limit: OPEN_BATCHES_SHOWN }),
    interruptedBatches(environment.id, operator.id),
  ]);
  const unfinished = !open.ok ? [] : open.value.batches.map((row) => toOpenBatchFacts(row, operator.id));
  const { count: openCount, next } = open.ok ? open.value : { count: 0, next: undefined };
  const reissue = reissueQuery(query);
  const hrefOf = (more: { ca?: string; open?: string; token?: string }) =>
    issueBatchHref(environment.id, { ...reissue, ...more });
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
  const healing = (
    <>
      {open.ok ? null : <FailureNotice failure={open.failure} />}
      <ForgetEndedBatches url={endedUrl} />
      <FinishEndings environment={environment.id} {...interrupted} actions={{ confirm, finish: finishEnd }} />
    </>
  );
  if (caId === undefined) {
    const page = await readIssuingCas(environment, token.parse(query['token']));
    const nextToken = page.ok ? page.value.nextToken : undefined;
    return (
      <>
        {header}
        {healing}
        <RunElsewhere />
        <UnfinishedElsewhere
          environment={environment.id}
          batches={unfinished}
          count={openCount}
          allHref={batchesHref(environment.id, { state: 'open' })}
        />
        <ListPanel>
          <CaChoice
            t={device}
            environment={environment.id}
            page={page}
            nowMs={Date.now()}
            mayRegister={can(operator, 'ca:register', { environment: environment.id })}
            hrefOf={(ca) => hrefOf({ ca })}
          />
          <PageLinks
            nextHref={nextToken === undefined ? undefined : hrefOf({ token: nextToken })}
            firstHref={query['token'] === undefined ? undefined : hrefOf({})}
          />
        </ListPanel>
      </>
    );
  }

  const [ca, profiles, again] = await Promise.all([
    readChainedCa(environment, caId),
    getLocale().then((locale) => listProfiles(environment.id, locale)),
    readReissue(environment.id, query, new Date()),
  ]);
  // Without its devices the form would begin a batch of others.
  if (!again.ok) {
    return (
      <>
        {header}
        <FailureNotice failure={again.failure} />
      </>
    );
  }
  return (
    <>
      {header}
      {healing}
      <IssueBatch
        key={caId}
        environment={environment.id}
        caId={caId}
        ca={ca}
        profiles={toProfiles(profiles)}
        openBatches={{
          batches: unfinished,
          count: openCount,
          olderHref: next && hrefOf({ ca: caId, open: printPosition(next) }),
          newestHref: from && hrefOf({ ca: caId }),
        }}
        again={again.value}
        otherCaHref={hrefOf({})}
        urls={{ names: `${base}/batches/names`, registry: `${base}/issue/registry` }}
        giveUp={giveUp}
      />
    </>
  );
}
