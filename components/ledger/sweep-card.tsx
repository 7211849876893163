'use client';

import { useEffect, useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Disclosure } from '@/components/ui/disclosure';
import { FailureNotice } from '@/components/ui/failure-notice';
import { orNoAnswer } from '@/components/ui/no-answer';
import { Spinner } from '@/components/ui/spinner';
import { useRefresh } from '@/components/ui/use-refresh';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import type { SweepFacts, SweepScope } from './sweep-facts';
import { SweepResult } from './sweep-result';
import { SweepState } from './sweep-state';

/** How soon a running sweep is looked at again: each look is one page of the console, none of AWS. */
const LOOK_EVERY_MS = 2500;

export type SweepActions = {
  start: (input: { environment: string; scope: SweepScope }) => Promise<Result<unknown, Failure>>;
  cancel: (input: { environment: string; run: string }) => Promise<Result<unknown, Failure>>;
};

type SweepCardProps = {
  environment: string;
  /** Newest first. */
  runs: readonly SweepFacts[];
  /** Certificates that are known by id alone. */
  unread: number;
  everyHours: number | undefined;
  maySweep: boolean;
  actions: SweepActions;
};

/** When AWS was last asked for everything, what came of it, and the way to ask again. */
export function SweepCard({ environment, runs, unread, everyHours, maySweep, actions }: SweepCardProps) {
  const t = useTranslations('ledger-work.sweep');
  const { refresh, isReading, misses } = useRefresh();
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const [isAsked, setAsked] = useState(false);
  const [starting, setStarting] = useState<SweepScope | undefined>(undefined);
  const [isStarting, startTransition] = useTransition();
  const [newest, ...earlier] = runs;
  const isRunning = newest?.state === 'running';
  // biome-ignore lint/correctness/useExhaustiveDependencies: each look plans the next one as it ends, whether it brought anything or not
  useEffect(() => {
    if (!isRunning || isReading) return;
    const timer = setTimeout(() => void refresh(), LOOK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [isRunning, isReading, refresh, newest, misses]);

  function start(scope: SweepScope) {
    setStarting(scope);
    startTransition(async () => {
      const answer = await orNoAnswer(actions.start({ environment, scope }));
      setFailure(answer.ok ? undefined : answer.failure);
      void refresh();
    });
  }

  async function cancel(run: string) {
    const answer = await orNoAnswer(actions.cancel({ environment, run }));
    void refresh();
    return answer.ok ? undefined : answer.failure;
  }

  return (
    <Card
      title={t('title')}
      aside={newest === undefined ? undefined : <SweepState sweep={newest} />}
      actions={
        !maySweep ? undefined : isRunning ? (
          <Button onPress={() => setAsked(true)}>{t('cancel')}</Button>
        ) : (
          <>
            <Button
              onPress={() => start('account')}
              isPending={isStarting && starting === 'account'}
              isDisabled={isStarting || isReading}
            >
              {t('startAccount')}
            </Button>
            <Button
              variant="primary"
              onPress={() => start('registered-cas')}
              isPending={isStarting && starting === 'registered-cas'}
              isDisabled={isStarting || isReading}
            >
              {t('start')}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {failure === undefined ? null : <FailureNotice failure={failure} />}
        {newest === undefined ? (
          <p className="text-sm">{t('never')}</p>
        ) : (
          <>
            {isRunning ? <Now sweep={newest} unread={unread} /> : null}
            <SweepResult sweep={newest} />
          </>
        )}
        {unread > 0 && !isRunning ? <p className="text-sm">{t('unread', { count: unread })}</p> : null}
        {earlier.length === 0 ? null : (
          <Disclosure summary={t('history')}>
            <ul aria-label={t('historyLabel')} className="flex flex-col divide-y divide-line text-sm">
              {earlier.map((sweep) => (
                <li key={sweep.id} className="flex flex-col gap-2 py-3 first:pt-1">
                  <SweepState sweep={sweep} />
                  <SweepResult sweep={sweep} />
                </li>
              ))}
            </ul>
          </Disclosure>
        )}
        <div className="flex max-w-prose flex-col gap-1 text-xs text-ink-muted">
          <p>{t('about')}</p>
          <p>{everyHours === undefined ? t('noSchedule') : t('schedule', { hours: everyHours })}</p>
          <p>{t('beyond')}</p>
        </div>
      </div>
      {newest === undefined ? null : (
        <ConfirmDialog
          title={t('cancelTitle')}
          isOpen={isAsked && isRunning}
          onClose={() => setAsked(false)}
          consequences={[t('cancelText')]}
          confirmLabel={t('cancel')}
          isDangerous={false}
          onConfirm={() => cancel(newest.id)}
        />
      )}
    </Card>
  );
}

/** What it does at this moment. */
function Now({ sweep, unread }: { sweep: SweepFacts; unread: number }) {
  const t = useTranslations('ledger-work.sweep');
  const { step, ca, counts, waitingFor } = sweep;
  return (
    <div role="status" className="flex flex-col gap-1 text-sm">
      <p className="flex items-center gap-2 font-medium">
        <Spinner />
        {step === 'certificates'
          ? t('step.certificates', ca)
          : step === 'details'
            ? t('step.details', { count: unread })
            : step === 'account'
              ? t('step.account', { count: counts.listed })
              : t(`step.${step}`)}
      </p>
      {waitingFor === undefined ? null : (
        <p className="text-ink-muted">
          {waitingFor === 'busy' ? t('waitingBusy') : t('waiting', { reason: waitingFor })}
        </p>
      )}
    </div>
  );
}
