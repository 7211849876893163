'use client';

import { useTranslations } from 'use-intl';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { Spinner } from '@/components/ui/spinner';
import { useFailureSentences } from '@/components/ui/use-failure-sentence';
import type { CliTarget } from '@/lib/registry/aws-command';
import { cliFor } from '@/lib/registry/cli';
import type { PlannedDevice } from './act-plan-answer';
import type { ActSubject } from './act-run';
import type { ActRequest } from './acts-context';
import { ApprovalNotes } from './approval-notes';
import type { ReadPlan } from './use-act-plan';
import { useStepWords } from './use-step-words';

type PlannedStepsProps = { request: ActRequest; plan: ReadPlan; cliTarget: CliTarget };

/** What would be done, step by step for the first few devices, by rule for the others, and the same as commands. */
export function PlannedSteps({ request: { act, subjects }, plan, cliTarget }: PlannedStepsProps) {
  const t = useTranslations('acts.plan');
  if (plan === undefined) {
    return (
      <p role="status" className="flex items-center gap-2 text-ink-muted">
        <Spinner />
        {t('reading')}
      </p>
    );
  }
  const devices = plan === 'unread' ? [] : plan;
  const unlistedCount = subjects.length - devices.length;
  const commands = devices.flatMap(({ plan: planned }) =>
    planned.kind === 'steps' ? planned.steps.map((step) => cliFor(step, cliTarget)) : [],
  );
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium">{t('title')}</p>
      {plan === 'unread' ? <p className="text-warning">{t('unread')}</p> : null}
      {devices.length === 0 ? null : (
        <ol
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
          tabIndex={0}
          aria-label={t('title')}
          className="max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line"
        >
          {devices.map((device) => (
            <PlannedOne
              key={device.id}
              act={act}
              device={device}
              subject={subjects.length === 1 ? undefined : subjects.find(({ id }) => id === device.id)}
            />
          ))}
        </ol>
      )}
      {unlistedCount > 0 ? <p>{t(`others.${act}`, { count: unlistedCount })}</p> : null}
      {commands.length === 0 ? null : <CliDisclosure commands={commands} />}
    </div>
  );
}

type PlannedOneProps = {
  act: ActRequest['act'];
  device: PlannedDevice;
  /** Undefined where the dialog is about this one alone. */
  subject: ActSubject | undefined;
};

function PlannedOne({ act, device: { id, plan }, subject }: PlannedOneProps) {
  const t = useTranslations('acts.plan');
  const wordsOf = useStepWords(act);
  const sentenceOf = useFailureSentences();
  return (
    <li className="px-3 py-1.5">
      {subject === undefined ? null : (
        <p className="flex flex-wrap items-baseline gap-x-2 text-xs text-ink-muted">
          {subject.name === undefined || subject.name === id ? null : (
            <span className="wrap-anywhere">{subject.name}</span>
          )}
          <span className="font-mono wrap-anywhere">{shortenMiddle(id)}</span>
        </p>
      )}
      {plan.kind === 'steps' && plan.steps.length > 0 ? (
        <ol className="list-decimal pl-5">
          {plan.steps.map((step) => (
            <li key={wordsOf(step)} className="wrap-anywhere">
              {wordsOf(step)}
            </li>
          ))}
        </ol>
      ) : (
        <p className={plan.kind === 'refused' ? 'text-danger' : undefined}>
          {plan.kind === 'refused'
            ? t('instead.refused', { why: sentenceOf({ kind: 'conflict', reason: plan.reason }).sentence })
            : t(`instead.${insteadOf(act, plan.kind)}`)}
        </p>
      )}
      {plan.kind === 'steps' ? <ApprovalNotes notes={plan.notes ?? []} /> : null}
    </li>
  );
}

/** The word for a device without steps: what is to be deleted and is gone needs none, anything else cannot be done to it. */
function insteadOf(act: ActRequest['act'], kind: 'steps' | 'gone' | 'unread') {
  if (kind === 'steps') return 'nothing';
  return kind === 'gone' && DELETIONS.has(act) ? 'goneAlready' : kind;
}

const DELETIONS: ReadonlySet<ActRequest['act']> = new Set(['delete-certificate', 'delete-thing']);
