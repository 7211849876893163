'use client';

import { Pause, Play, RotateCcw, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { FailureNotice } from '@/components/ui/failure-notice';
import { TONE_FILL } from '@/components/ui/tone';
import { useDuration } from '@/components/ui/use-duration';
import { ActResults } from './act-results';
import { type ActRun, countsOf, type RunCounts, timeLeftMs } from './act-run';
import type { ActRunStore } from './act-run-store';

type ActRunPanelProps = { environment: string; run: ActRun; store: ActRunStore };

/** How far a run is, in numbers and as a bar, with pause, resume, cancel and retry. It stays in sight on every page. */
export function ActRunPanel({ environment, run, store }: ActRunPanelProps) {
  const t = useTranslations('acts.run');
  const counts = countsOf(run);
  const { act, phase } = run;
  return (
    <section
      aria-label={t('label')}
      className="sticky bottom-3 z-20 rounded-lg border border-line-strong bg-raised shadow-raised"
    >
      <div className="flex flex-col gap-2 p-3 text-sm sm:px-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h2 className="font-semibold">{t(`title.${act}`, { count: counts.total })}</h2>
          <Buttons run={run} failedCount={counts.failed} store={store} />
        </div>
        <RunBar label={t('label')} counts={counts} />
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 tabular-nums">
          <p role="status" className="font-medium">
            {t(`phase.${phase}`)}
          </p>
          <span>{t('done', { count: counts.done, total: counts.total })}</span>
          {counts.unchanged === 0 ? null : <span>{t('unchanged', { count: counts.unchanged })}</span>}
          {counts.failed === 0 ? null : (
            <span className="font-medium text-danger">{t('failed', { count: counts.failed })}</span>
          )}
          {counts.waiting === 0 ? null : <span>{t('left', { count: counts.waiting })}</span>}
          <Pace run={run} />
        </div>
        {phase === 'interrupted' ? <p>{t('interruptedText')}</p> : null}
        {phase === 'stopped' ? <WhyStopped run={run} /> : null}
        <ActResults environment={environment} run={run} />
      </div>
    </section>
  );
}

/** Done, so already and failed, side by side; the numbers below say the same. */
function RunBar({ label, counts }: { label: string; counts: RunCounts }) {
  const { total, waiting } = counts;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={total - waiting}
      className="flex h-1.5 overflow-hidden rounded-full bg-sunken"
    >
      {BAR_TONES.map(([state, tone]) => (
        <span
          key={state}
          className={TONE_FILL[tone]}
          style={{ width: `${(counts[state] / total) * 100}%` }}
        />
      ))}
    </div>
  );
}

const BAR_TONES = [
  ['done', 'positive'],
  ['unchanged', 'neutral'],
  ['failed', 'danger'],
] as const;

function Buttons({ run, failedCount, store }: { run: ActRun; failedCount: number; store: ActRunStore }) {
  const t = useTranslations('acts.run');
  const ui = useTranslations('ui');
  const isActive = run.phase === 'running' || run.phase === 'pausing';
  const isOver = run.phase === 'finished' || run.phase === 'cancelled';
  return (
    <div className="ml-auto flex flex-wrap gap-2">
      {isActive ? (
        <Button
          onPress={() => store.pause()}
          isDisabled={run.phase === 'pausing'}
          icon={<Pause aria-hidden />}
        >
          {t('pause')}
        </Button>
      ) : null}
      {isActive || isOver ? null : (
        <Button variant="primary" onPress={() => store.resume()} icon={<Play aria-hidden />}>
          {t('resume')}
        </Button>
      )}
      {isOver && failedCount > 0 ? (
        <Button variant="primary" onPress={() => store.retryFailed()} icon={<RotateCcw aria-hidden />}>
          {t('retryFailed', { count: failedCount })}
        </Button>
      ) : null}
      {isOver ? (
        <Button onPress={() => store.dismiss()} icon={<X aria-hidden />}>
          {ui('close')}
        </Button>
      ) : (
        <Button onPress={() => store.cancel()} isDisabled={run.phase === 'pausing'}>
          {t('cancelRest')}
        </Button>
      )}
    </div>
  );
}

function Pace({ run }: { run: ActRun }) {
  const t = useTranslations('acts.run');
  const durationOf = useDuration();
  const leftMs = timeLeftMs(run);
  if (run.phase !== 'running' || leftMs === undefined || leftMs === 0) return null;
  const perMinute = Math.max(1, Math.round((run.settledCount / run.activeMs) * 60_000));
  return <span className="text-ink-muted">{t('pace', { perMinute, time: durationOf(leftMs) })}</span>;
}

function WhyStopped({ run }: { run: ActRun }) {
  const t = useTranslations('acts.run');
  return run.failure === undefined ? <p>{t('noAnswer')}</p> : <FailureNotice failure={run.failure} />;
}
