'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Tone } from '@/components/ui/tone';
import { useFailureSentences } from '@/components/ui/use-failure-sentence';
import { download } from '@/lib/browser/download';
import type { StepState } from '@/lib/registry/act';
import { printCsv } from '@/lib/registry/csv';
import type { ActItem, ActRun, ItemState } from './act-run';
import { useStepWords } from './use-step-words';

/** As many rows as a panel over a page can hold; the report has all of them. */
const ROWS_MAX = 50;

const ITEM_TONES: Record<ItemState, Tone> = {
  waiting: 'neutral',
  done: 'positive',
  unchanged: 'neutral',
  failed: 'danger',
};
const STEP_TONES: Record<StepState, Tone> = { done: 'positive', skipped: 'neutral', failed: 'danger' };

/** What became of each device, step by step; those that failed first. */
export function ActResults({ environment, run }: { environment: string; run: ActRun }) {
  const t = useTranslations('acts.run');
  const settled = run.items.filter(({ state }) => state !== 'waiting');
  if (settled.length === 0) return null;
  const failed = settled.filter(({ state }) => state === 'failed');
  const rows = [...failed, ...settled.filter(({ state }) => state !== 'failed')];
  return (
    <Disclosure summary={t('results')}>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        aria-label={t('results')}
        className="max-h-56 divide-y divide-line overflow-y-auto rounded-md border border-line bg-surface"
      >
        {rows.slice(0, ROWS_MAX).map((item) => (
          <ResultRow key={item.subject.id} run={run} item={item} />
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap items-center gap-3">
        {rows.length > ROWS_MAX ? (
          <span className="text-xs text-ink-muted">
            {t('moreResults', { count: rows.length - ROWS_MAX })}
          </span>
        ) : null}
        <SaveReport environment={environment} run={run} />
      </div>
    </Disclosure>
  );
}

function ResultRow({ run, item: { subject, state, steps, failure } }: { run: ActRun; item: ActItem }) {
  const t = useTranslations('acts.run');
  const wordsOf = useStepWords(run.act);
  const sentenceOf = useFailureSentences();
  return (
    <li className="flex flex-col gap-1 px-3 py-1.5">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <StatusBadge tone={ITEM_TONES[state]}>{t(`item.${state}`)}</StatusBadge>
        {subject.name === undefined || subject.name === subject.id ? null : (
          <span className="wrap-anywhere">{subject.name}</span>
        )}
        <span className="font-mono text-xs wrap-anywhere text-ink-muted">{shortenMiddle(subject.id)}</span>
      </div>
      {failure === undefined ? null : (
        <p className="text-danger">
          {sentenceOf(failure).sentence} {sentenceOf(failure).nextStep}
        </p>
      )}
      {steps.length === 0 ? null : (
        <ol className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs">
          {steps.map(({ step, state: stepState }) => (
            <li key={wordsOf(step)} className="flex flex-wrap gap-x-1.5">
              <span className="wrap-anywhere">{wordsOf(step)}</span>
              <StatusBadge tone={STEP_TONES[stepState]}>{t(`step.${stepState}`)}</StatusBadge>
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

/** Everything that is known of the run, for a ticket or a spreadsheet. */
function SaveReport({ environment, run }: { environment: string; run: ActRun }) {
  const t = useTranslations('acts.run');
  const wordsOf = useStepWords(run.act);
  const sentenceOf = useFailureSentences();

  function save() {
    const rows = run.items.map(({ subject, state, steps, failure }) => [
      subject.id,
      subject.name ?? '',
      state,
      steps.map(({ step, state: stepState }) => `${wordsOf(step)}: ${t(`step.${stepState}`)}`).join('; '),
      failure === undefined ? '' : sentenceOf(failure).sentence,
      failure?.kind === 'aws' ? (failure.requestId ?? '') : '',
    ]);
    const header = ['id', 'name', 'state', 'steps', 'failure', 'awsRequestId'];
    // The mark at the beginning makes spreadsheets read UTF-8.
    const csv = `\uFEFF${printCsv(header, rows)}`;
    download(`${run.act}-${environment}.csv`, csv, 'text/csv;charset=utf-8');
  }

  return (
    <Button variant="quiet" onPress={save} icon={<Download aria-hidden />}>
      {t('report')}
    </Button>
  );
}
