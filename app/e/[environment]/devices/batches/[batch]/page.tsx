import type { Metadata } from 'next';
import { z } from 'zod';
import { issueBatchHref } from '@/components/batch/batch-href';
import { printPosition } from '@/components/device/batch-position';
import { devicesHref } from '@/components/device/devices-query';
import { BATCH_TONES, FUNNEL_STAGES } from '@/components/ledger/batch-facts';
import { BatchFactsCard } from '@/components/ledger/batch-facts-card';
import { batchesHref, batchHref } from '@/components/ledger/ledger-href';
import { NotConfirmed } from '@/components/ledger/not-confirmed';
import { OutOfUse } from '@/components/ledger/out-of-use';
import { MissingResource } from '@/components/registry/missing-resource';
import { Card } from '@/components/ui/card';
import { CountBars } from '@/components/ui/count-bars';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { StatusBadge } from '@/components/ui/status-badge';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { findBatch } from '@/lib/ledger/batches';
import { funnelOf } from '@/lib/ledger/funnel';
import { reissueOf, reissuesOf } from '@/lib/ledger/issued-again';
import { countNotConfirmed, countOutOfUse, notConfirmed } from '@/lib/ledger/not-confirmed';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { confirm, giveUp } from './actions';

type Props = PageProps<'/e/[environment]/devices/batches/[batch]'>;

/** Of a page: all of them can be picked at once. */
const NOT_CONFIRMED_SHOWN = 25;

/** The certificate id behind which a page of them begins. */
const position = z.string().refine(isCertificateId).optional().catch(undefined);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('ledger-work');
  return { title: `${t('batches.batch')} ${shortenMiddle((await params).batch)}` };
}

export default async function BatchPage({ params, searchParams }: Props) {
  const { environment: environmentId, batch: batchId } = await params;
  const operator = await requirePermission('device:read', { environment: environmentId });
  const { id } = requireEnvironment(environmentId);
  const now = new Date();
  const [t, device, ui, batch] = await Promise.all([
    getTranslations('ledger-work'),
    getTranslations('device'),
    getTranslations('ui'),
    z.uuid().safeParse(batchId).success ? findBatch(id, batchId) : undefined,
  ]);
  const header = {
    title: (
      <>
        {t('batches.batch')} <span className="font-mono">{batchId.slice(0, 8)}</span>
      </>
    ),
    breadcrumb: [
      { label: device('list.title'), href: devicesHref(id, {}) },
      { label: t('batches.title'), href: batchesHref(id) },
    ],
    breadcrumbLabel: ui('breadcrumb'),
  };
  if (batch === undefined) {
    return (
      <>
        <PageHeader {...header} />
        <MissingResource
          title={t('batches.missingTitle')}
          text={t('batches.missingText')}
          action={<LinkButton href={batchesHref(id)}>{t('batches.title')}</LinkButton>}
        />
      </>
    );
  }
  const key = { environment: id, batch: batchId };
  const after = position.parse((await searchParams)['token']);
  const [funnel, unconfirmed, counted, outOfUse, reissues] = await Promise.all([
    funnelOf(id, batchId, now),
    notConfirmed(key, { after, limit: NOT_CONFIRMED_SHOWN + 1, now, by: 'name' }),
    countNotConfirmed(key, now),
    countOutOfUse(key),
    reissuesOf(key),
  ]);
  const former = reissueOf(batch.settings);
  const mayIssue = can(operator, 'device:issue', { environment: id });
  // There is no filter for "seen in whatever state": its count leads to all of them.
  const lists = {
    issued: devicesHref(id, { batch: batchId }),
    delivered: devicesHref(id, { batch: batchId, delivery: 'delivered' }),
    contacted: devicesHref(id, { batch: batchId }),
    active: devicesHref(id, { batch: batchId, state: 'ACTIVE' }),
  } as const;
  const { state, caId } = batch;
  return (
    <>
      <PageHeader
        {...header}
        aside={<StatusBadge tone={BATCH_TONES[state]}>{t(`batches.stateName.${state}`)}</StatusBadge>}
        actions={
          <>
            <LinkButton href={lists.issued}>{t('batch.allDevices')}</LinkButton>
            {state === 'open' && mayIssue ? (
              <LinkButton
                variant="primary"
                href={issueBatchHref(id, { ca: caId, open: printPosition(batch) })}
              >
                {t('batch.resume')}
              </LinkButton>
            ) : null}
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title={t('batch.funnel')}>
          <div className="flex flex-col gap-3">
            {funnel === undefined ? (
              <FailureNotice failure={{ kind: 'statement-timeout' }} />
            ) : (
              <CountBars
                label={t('batch.funnelLabel')}
                whole={funnel.issued}
                bars={FUNNEL_STAGES.map((stage) => ({
                  label: t(`batch.stage.${stage}`),
                  count: funnel[stage],
                  href: lists[stage],
                  tone: stage === 'active' ? 'positive' : undefined,
                }))}
              />
            )}
            <p className="text-xs text-ink-muted">{t('batch.asSeen')}</p>
          </div>
        </Card>
        <BatchFactsCard
          t={t}
          environment={id}
          batch={batch}
          former={former}
          reissues={reissues.map((each) => each.id)}
        />
      </div>
      {outOfUse.ok ? (
        <OutOfUse t={t} environment={id} batch={batchId} {...outOfUse.value} />
      ) : (
        <FailureNotice failure={outOfUse.failure} />
      )}
      {state === 'open' ? null : !unconfirmed.ok ? (
        <FailureNotice failure={unconfirmed.failure} />
      ) : !counted.ok ? (
        <FailureNotice failure={counted.failure} />
      ) : counted.value.devices === 0 ? null : (
        <NotConfirmed
          environment={id}
          batch={batchId}
          count={counted.value.devices}
          seen={counted.value.seen}
          devices={unconfirmed.value
            .slice(0, NOT_CONFIRMED_SHOWN)
            .map(({ certificateId, commonName, reservedAt, lastSeenState }) => ({
              certificateId,
              commonName,
              issuedAt: reservedAt.toISOString(),
              lastSeenState,
            }))}
          mayIssue={mayIssue}
          listHref={`${batchHref(id, batchId)}/not-confirmed`}
          issueHref={issueBatchHref(id, { ca: caId, again: batchId })}
          pageHrefs={{
            next:
              unconfirmed.value.length > NOT_CONFIRMED_SHOWN
                ? batchHref(id, batchId, {
                    token: unconfirmed.value[NOT_CONFIRMED_SHOWN - 1]?.certificateId ?? '',
                  })
                : undefined,
            first: after === undefined ? undefined : batchHref(id, batchId),
          }}
          confirm={confirm}
          giveUp={giveUp}
        />
      )}
    </>
  );
}
