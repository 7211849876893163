'use client';

import { useTranslations } from 'use-intl';
import { PlanList } from '@/components/dry-run/plan-list';
import { policyHref, thingHref } from '@/components/registry/hrefs';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import type { SubjectField } from '@/lib/pki/subject';
import { EvaluationFailure } from './evaluation-failure';
import { PlanFindings } from './plan-findings';
import type { TemplateTrouble } from './understood-template';
import type { DryRun } from './use-dry-run';

type DryRunPanelProps = {
  environment: string;
  hasTemplate: boolean;
  trouble: TemplateTrouble | undefined;
  /** Needed fields that are still empty. */
  missing: readonly SubjectField[];
  /** No signing request was brought yet. */
  isNothingYet: boolean;
  dryRun: DryRun;
};

/** What the device's first contact would do, said before there is a certificate. */
export function DryRunPanel({ dryRun, ...props }: DryRunPanelProps) {
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
        <Outcome {...props} evaluation={evaluation} />
        {lookUp === 'partial' && evaluation !== undefined ? (
          <p className="text-xs text-ink-muted">{t('partial')}</p>
        ) : null}
      </div>
    </Card>
  );
}

type OutcomeProps = Omit<DryRunPanelProps, 'dryRun'> & Pick<DryRun, 'evaluation'>;

function Outcome({ environment, hasTemplate, trouble, missing, isNothingYet, evaluation }: OutcomeProps) {
  const t = useTranslations('device.dryRun');
  const field = useTranslations('device.field');
  if (!hasTemplate) {
    return (
      <Notice tone="info" title={t('jitr')}>
        <p>{t('jitrText')}</p>
      </Notice>
    );
  }
  if (evaluation === undefined) return <p>{t('withoutText')}</p>;
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
      <p className="text-ink-muted">{t(trouble === undefined ? 'intro' : 'introDisabled')}</p>
      <PlanList
        plan={evaluation.plan}
        thingHref={(name) => thingHref(environment, name)}
        policyHref={(name) => policyHref(environment, name)}
      />
      <PlanFindings findings={evaluation.findings} />
    </>
  );
}
