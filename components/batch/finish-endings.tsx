'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import { useRefresh } from '@/components/ui/use-refresh';
import { pkiClient } from '@/lib/browser/pki-client';
import { archiveName } from './archive-name';
import { useHeldRun } from './batch-run-provider';
import { MadeAnew } from './made-anew';
import { NotForgotten } from './not-forgotten';
import { rememberedConfirm } from './remembered-confirm';
import {
  archivesHandedOut,
  type EndingActions,
  type InterruptedEnding,
  interruptedEndings,
  type Settled,
  settleEndings,
} from './settle-endings';
import { type ToldEnding, toldEndings } from './told-endings';

type FinishEndingsProps = {
  environment: string;
  /** Batches that are open: the operator's own, and those whose end the server noted. */
  own: readonly string[];
  noted: readonly string[];
  actions: EndingActions;
};

const NOTHING: Settled = { ended: [], left: [], kept: [], madeAnew: 0 };

/**
 * Finishes by itself what was interrupted as a batch ended, and says so; asks where only the person knows. Shows nothing where nothing
 * was.
 */
export function FinishEndings({ environment, own, noted, actions }: FinishEndingsProps) {
  const t = useTranslations('batch-again.ending');
  const { isBusy } = useHeldRun();
  const [running, setRunning] = useState(0);
  // The lists of the page still have what is ended until they are read anew.
  const { refresh, isReading } = useRefresh();
  const [settled, setSettled] = useState<Settled>(NOTHING);
  const [told, setTold] = useState<readonly ToldEnding[]>([]);
  const handedOut = archivesHandedOut(environment, { own, noted }, told);

  async function settle(endings: readonly InterruptedEnding[]) {
    if (endings.length === 0) return;
    setRunning(endings.length);
    const confirm = rememberedConfirm(actions.confirm);
    const done = await settleEndings(environment, endings, { ...actions, confirm }, pkiClient());
    setSettled(done);
    setTold(toldEndings(window.localStorage));
    setRunning(0);
    if (done.ended.length > 0) void refresh();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: as the page comes back, and as a batch that ran has come to an end
  useEffect(() => {
    if (isBusy) return;
    const now = toldEndings(window.localStorage);
    setTold(now);
    void settle(interruptedEndings(environment, { own, noted }, now));
  }, [isBusy]);

  const { ended, left, kept, madeAnew } = settled;
  return (
    <>
      {running > 0 || isReading ? (
        <p role="status" className="flex items-center gap-2 text-sm">
          <Spinner />
          {t('running', { count: Math.max(running, ended.length) })}
        </p>
      ) : null}
      {ended.length > 0 && !isReading ? (
        <Notice tone="positive" role="status" title={t('done', { count: ended.length })}>
          <p>{t('doneText', { batches: ended.map((batch) => batch.slice(0, 8)).join(', ') })}</p>
        </Notice>
      ) : null}
      <MadeAnew count={madeAnew} />
      {left.map(({ ending: { batch }, failure }) => (
        <Notice key={batch} tone="warning" role="alert" title={t('left', { batch: batch.slice(0, 8) })}>
          <p>{t('leftText')}</p>
          <FailureNotice failure={failure} />
        </Notice>
      ))}
      {left.length > 0 ? (
        <div>
          <Button isDisabled={running > 0} onPress={() => void settle(left.map(({ ending }) => ending))}>
            {t('again')}
          </Button>
        </div>
      ) : null}
      {isBusy || isReading
        ? null
        : handedOut.map((ending) => (
            <Notice
              key={ending.batch}
              tone="info"
              title={t('handedOut', { batch: ending.batch.slice(0, 8), file: archiveName(ending.batch) })}
            >
              <p>{t('handedOutText')}</p>
              <div>
                <Button isDisabled={running > 0} onPress={() => void settle([ending])}>
                  {t('haveIt')}
                </Button>
              </div>
            </Notice>
          ))}
      {kept.length > 0 ? <NotForgotten /> : null}
    </>
  );
}
