'use client';

import { useTranslations } from 'use-intl';
import { PlanList } from '@/components/dry-run/plan-list';
import { policyHref, thingHref } from '@/components/registry/hrefs';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import type { SubjectField } from '@/lib/pki/subject';
import type { IssuingTemplate } from '@/lib/registry/issuing-ca';
import { EvaluationFailure } from './evaluation-failure';
import { PlanFindings } from './plan-findings';
import type { DryRun } from './use-dry-run';

type DryRunPanelProps = {
  environment: string;
  template: IssuingTemplate['kind'];
  /** Needed fields that are still empty. */
  missing: readonly SubjectField[];
  /** No signing request was brought yet. */
  isNothingYet: boolean;
  dryRun: DryRun;
};

/** What the device's first contact would do, said before there is a certificate. */
export function DryRunPanel({ environment, template, missing, isNothingYet, dryRun }: DryRunPanelProps) {
  const t = useTranslations('device.dryRun');
  const { evaluation, lookUp } = dryRun;
  return (
    <Card
      title={t('title')}
      aside={
        <span role="status" className="inline-flex items-center gap-1.5 text-xs">
          {lookUp === 'pending' ? (
            <>
              <Spinner />
              {t('lookingUp')}
            </>
          ) : null}
        </span>
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        <Outcome
          environment={environment}
          template={template}
          missing={missing}
          isNothingYet={isNothingYet}
          evaluation={evaluation}
        />
        {lookUp === 'partial' && evaluation !== undefined ? (
          <p className="text-xs text-ink-muted">{t('partial')}</p>
        ) : null}
      </div>
    </Card>
  );
}

type OutcomeProps = Omit<DryRunPanelProps, 'dryRun'> & Pick<DryRun, 'evaluation'>;

function Outcome({ environment, template, missing, isNothingYet, evaluation }: OutcomeProps) {
  const t = useTranslations('device.dryRun');
  const field = useTranslations('device.field');
  if (template === 'none') {
    return (
      <Notice tone="info" title={t('jitr')}>
        <p>{t('jitrText')}</p>
      </Notice>
    );
  }
  if (template === 'named') return <Notice tone="info" title={t('named')} />;
  if (evaluation === undefined) return <Notice tone="danger" title={t('unreadable')} />;
  if (isNothingYet) return <p className="text-ink-muted">{t('noCsr')}</p>;
  if (missing.length > 0) {
    return (
      <p className="text-ink-muted">
        {t('missing', { fields: missing.map((name) => field(name)).join(', ') })}
      </p>
    );
  }
  if (evaluation.kind === 'failure') return <EvaluationFailure failures={evaluation.failures} />;
  return (
    <>
      <p className="text-ink-muted">{t('intro')}</p>
      <PlanList
        plan={evaluation.plan}
        thingHref={(name) => thingHref(environment, name)}
        policyHref={(name) => policyHref(environment, name)}
      />
      <PlanFindings findings={evaluation.findings} />
    </>
  );
}
