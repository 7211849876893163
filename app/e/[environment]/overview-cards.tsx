import type { Route } from 'next';
import { registerCaHref } from '@/components/ca/hrefs';
import { CaAttention } from '@/components/overview/ca-attention';
import { Figures } from '@/components/overview/figures';
import { Funnel } from '@/components/overview/funnel';
import { type NextStep, nextStep } from '@/components/overview/next-step';
import { NextStepCard } from '@/components/overview/next-step-card';
import type { OverviewTranslator } from '@/components/overview/overview-translator';
import { deviceHref } from '@/components/registry/hrefs';
import { consoleHref } from '@/components/shell/console-routes';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { KeyValue } from '@/components/ui/key-value';
import { Notice } from '@/components/ui/notice';
import { can, type Operator } from '@/lib/auth/permissions';
import type { CallerIdentity } from '@/lib/aws/sts-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { LedgerCounts } from '@/lib/ledger/read';
import type { Result } from '@/lib/result';
import { type CaFigures, countText, type RegistryFigures, type readAwaiting } from './read-overview';

type Common = { t: OverviewTranslator; environment: Environment; operator: Operator };
type Read<Value> = Promise<Result<Value, Failure>>;

/** Said before anything else: whatever is done here is done in the wrong account. */
export async function AccountMismatch({
  t,
  environment,
  identity,
}: Common & { identity: Read<CallerIdentity> }) {
  const read = await identity;
  if (!read.ok || read.value.matchesEnvironment) return null;
  return (
    <Notice tone="danger" role="alert" title={t('account.mismatch')}>
      <p>{t('account.mismatchText', { configured: environment.accountId, actual: read.value.accountId })}</p>
    </Notice>
  );
}

type NextStepSectionProps = Common & {
  cas: Read<CaFigures>;
  devices: Promise<LedgerCounts>;
  awaiting: ReturnType<typeof readAwaiting>;
};

export async function NextStepSection({ t, environment, operator, ...reads }: NextStepSectionProps) {
  const [cas, devices, awaiting] = await Promise.all([reads.cas, reads.devices, reads.awaiting]);
  // Without the CAs nothing can be said; their card says why.
  if (!cas.ok) return null;
  const step = nextStep({ cas: cas.value, devices, awaiting });
  return step === undefined ? null : (
    <NextStepCard t={t} step={step} href={hrefOf(step, environment.id, operator)} />
  );
}

function hrefOf(step: NextStep, environment: string, operator: Operator): Route | undefined {
  const scope = { environment };
  switch (step.kind) {
    case 'register-ca':
      return can(operator, 'ca:register', scope) ? registerCaHref(environment) : undefined;
    case 'activate-ca':
      return can(operator, 'ca:update', scope)
        ? consoleHref('certificateAuthorities', environment)
        : undefined;
    case 'issue-device':
      return can(operator, 'device:issue', scope) ? consoleHref('issue', environment) : undefined;
    case 'follow-device':
      return deviceHref(environment, step.certificateId);
  }
}

export async function DevicesCard({ t, environment, devices }: Common & { devices: Promise<LedgerCounts> }) {
  const { issued, delivered, notDelivered, neverSeen, active } = await devices;
  const href = consoleHref('devices', environment.id);
  return (
    <Card title={t('devices.title')}>
      {issued === 0 ? (
        <p className="text-sm text-ink-muted">{t('devices.empty')}</p>
      ) : (
        <div className="flex flex-col gap-4">
          <Funnel
            label={t('devices.funnel')}
            href={href}
            stages={[
              { label: t('devices.issued'), count: issued },
              { label: t('devices.delivered'), count: delivered },
              { label: t('devices.contacted'), count: issued - neverSeen },
              { label: t('devices.active'), count: active },
            ]}
          />
          <Figures
            figures={[
              { label: t('devices.neverSeen'), value: String(neverSeen), href },
              { label: t('devices.notDelivered'), value: String(notDelivered), href },
            ]}
          />
          <p className="text-xs text-ink-muted">{t('devices.asSeen')}</p>
        </div>
      )}
    </Card>
  );
}

export async function CasCard({ t, environment, cas }: Common & { cas: Read<CaFigures> }) {
  const read = await cas;
  const href = consoleHref('certificateAuthorities', environment.id);
  if (!read.ok) {
    return (
      <Card title={t('cas.title')}>
        <FailureNotice failure={read.failure} />
      </Card>
    );
  }
  const { count, isPartial, active, autoRegistering, detailsRead, ending } = read.value;
  const text = (value: number) => countText(value, isPartial);
  return (
    <Card title={t('cas.title')}>
      <Figures
        figures={[
          { label: t('cas.registered'), value: text(count), href },
          { label: t('cas.active'), value: text(active), href },
          {
            label: t('cas.autoRegistration'),
            value: countText(autoRegistering, isPartial || detailsRead < count),
            href,
          },
        ]}
      />
      {detailsRead < count ? (
        <p className="mt-3 text-xs text-ink-muted">{t('cas.partial', { read: detailsRead, count })}</p>
      ) : null}
      <CaAttention title={t('cas.ending')} environment={environment.id} cas={ending} />
    </Card>
  );
}

export async function RegistryCard({
  t,
  environment,
  registry,
}: Common & { registry: Read<RegistryFigures> }) {
  const read = await registry;
  const certificates = consoleHref('certificates', environment.id);
  return (
    <Card title={t('registry.title')}>
      {read.ok ? (
        <Figures
          figures={[
            {
              label: t('registry.things'),
              value: read.value.things,
              href: consoleHref('things', environment.id),
            },
            { label: t('registry.certificates'), value: read.value.certificates, href: certificates },
            { label: t('registry.pending'), value: read.value.pending, href: certificates },
          ]}
        />
      ) : (
        <FailureNotice failure={read.failure} />
      )}
    </Card>
  );
}

export async function AccountCard({ t, environment, identity }: Common & { identity: Read<CallerIdentity> }) {
  const read = await identity;
  return (
    <Card title={t('account.title')}>
      <div className="flex flex-col gap-3">
        <KeyValue
          entries={[
            {
              label: t('account.account'),
              value: <span className="font-mono">{environment.accountId}</span>,
            },
            { label: t('account.region'), value: <span className="font-mono">{environment.region}</span> },
            ...(read.ok
              ? [
                  {
                    label: t('account.identity'),
                    value: <span className="font-mono text-xs">{read.value.arn}</span>,
                    isWide: true,
                  },
                ]
              : []),
          ]}
        />
        {read.ok ? null : <FailureNotice failure={read.failure} />}
      </div>
    </Card>
  );
}
