import type { Route } from 'next';
import { registerCaHref } from '@/components/ca/hrefs';
import { type NextStep, nextStep } from '@/components/overview/next-step';
import { NextStepCard } from '@/components/overview/next-step-card';
import { deviceHref } from '@/components/registry/hrefs';
import { consoleHref } from '@/components/shell/console-routes';
import { can, type Operator } from '@/lib/auth/permissions';
import type { LedgerCounts } from '@/lib/ledger/counts';
import type { CardProps, Read } from './card-props';
import type { CaFigures, readAwaiting } from './read-overview';

type NextStepSectionProps = CardProps & {
  operator: Operator;
  cas: Read<CaFigures>;
  devices: Promise<LedgerCounts>;
  awaiting: ReturnType<typeof readAwaiting>;
};

/** The one thing that leads on from here, if there is one. */
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
