'use client';

import { useTranslations } from 'use-intl';
import { useLintSentence } from '@/components/policy-editor/use-lint-sentence';
import { policyHref, thingHref } from '@/components/registry/hrefs';
import { Disclosure } from '@/components/ui/disclosure';
import { Notice } from '@/components/ui/notice';
import type { ProvisioningPlan } from '@/lib/provisioning/plan';
import type { ProvisioningFailure, ProvisioningFinding } from '@/lib/provisioning/provisioning-failure';
import { ClientsNotice } from './clients-notice';
import type { Outcome } from './outcome';
import { PlanList } from './plan-list';

type OutcomeViewProps = {
  environment: string;
  outcome: Outcome;
  /** Names are being looked up: what is not known yet is no news. */
  isPending: boolean;
};

/** What would be made and attached, or why nothing would, in our words and in AWS's. */
export function OutcomeView({ environment, outcome: { evaluation, clients }, isPending }: OutcomeViewProps) {
  const t = useTranslations('dry-run.outcome');
  if (evaluation.kind === 'failure') {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-sm">{t('wouldNot')}</p>
        <Failures failures={evaluation.failures} />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4 text-sm">
      <p>{t('would')}</p>
      <PlanList
        plan={evaluation.plan}
        thingHref={(name) => thingHref(environment, name)}
        policyHref={(name) => policyHref(environment, name)}
      />
      {clients === undefined ? null : <ClientsNotice clients={clients} />}
      <Findings findings={isPending ? evaluation.findings.filter(isKnown) : evaluation.findings} />
      <Disclosure summary={t('steps', { count: evaluation.plan.steps.length })}>
        <Steps plan={evaluation.plan} />
      </Disclosure>
    </div>
  );
}

function Failures({ failures }: { failures: readonly ProvisioningFailure[] }) {
  const t = useTranslations('dry-run.outcome');
  const sentenceOf = useLintSentence();
  return failures.map(({ code, params, awsName, message, authority, path }) => {
    const { cause, advice } = sentenceOf({ id: code, params });
    return (
      <Notice key={`${code} ${path}`} tone="danger" title={cause}>
        <p>{advice}</p>
        <p className="text-xs text-ink-muted">{t(authority === 'measured' ? 'awsSays' : 'awsMaySay')}</p>
        <p className="font-mono text-xs wrap-anywhere">
          {awsName}: {message}
        </p>
        <p className="font-mono text-xs text-ink-muted wrap-anywhere">{path}</p>
      </Notice>
    );
  });
}

/** Said of the template alone, in its editor; here it is about this certificate. */
const OF_TEMPLATE: readonly ProvisioningFinding['code'][] = [
  'parameter-unused',
  'policy-document-finding',
  'policy-allows-everything',
  'placeholder-left',
  'property-unknown',
  'parameter-type-unknown',
];

const isKnown = ({ code }: ProvisioningFinding): boolean =>
  code !== 'not-looked-up' && code !== 'thing-name-unverified';

function Findings({ findings }: { findings: readonly ProvisioningFinding[] }) {
  const t = useTranslations('dry-run.outcome');
  const sentenceOf = useLintSentence();
  const shown = findings.filter(({ code }) => !OF_TEMPLATE.includes(code));
  if (shown.length === 0) return null;
  return (
    <Notice tone="info" title={t('findings')}>
      <ul className="list-disc space-y-1 pl-5">
        {shown.map(({ code, params, path }) => {
          const { cause, advice } = sentenceOf({ id: code, params });
          return (
            <li key={`${code} ${path}`}>
              {cause} <span className="text-ink-muted">{advice}</span>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

function Steps({ plan }: { plan: ProvisioningPlan }) {
  return (
    <ol className="list-decimal space-y-0.5 pl-6 text-xs">
      {plan.steps.map((step, index) => {
        const { action, ...subject } = step;
        const names = Object.entries(subject).filter(([name]) => name !== 'policyDocument');
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a plan stand still
          <li key={index} className="font-mono wrap-anywhere">
            {action}{' '}
            <span className="text-ink-muted">
              {names.map(([name, value]) => `${name}=${textOf(value)}`).join(' ')}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);
