'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { Dialog } from '@/components/ui/dialog';
import { FailureNotice } from '@/components/ui/failure-notice';
import { orNoAnswer } from '@/components/ui/no-answer';
import { Notice } from '@/components/ui/notice';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Tone } from '@/components/ui/tone';
import { useRefresh } from '@/components/ui/use-refresh';
import type { Failure } from '@/lib/failure';
import type { JitrArtefacts } from '@/lib/provisioning/jitr/artefacts';
import { type JitrAct, type JitrPresence, jitrCalls, jitrCommand } from '@/lib/provisioning/jitr/calls';
import { artefactsDigest } from '@/lib/provisioning/jitr/digest';
import type { JitrSettings } from '@/lib/provisioning/jitr/settings';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { JitrActions } from './jitr-port';
import { type CallState, type RunObstacle, useJitrRun } from './use-jitr-run';

export type ActDialogProps = {
  act: JitrAct;
  onClose: () => void;
  environment: string;
  caId: string;
  settings: JitrSettings;
  artefacts: JitrArtefacts;
  presence: JitrPresence;
  cliTarget: CliTarget;
  actions: JitrActions;
};

const TONES: Record<CallState, Tone> = {
  waiting: 'neutral',
  running: 'info',
  failed: 'danger',
  made: 'positive',
  changed: 'positive',
  'was-there': 'positive',
  gone: 'positive',
  'not-ours': 'danger',
  'plan-changed': 'warning',
};

/** Shows the calls of an act, each with its command, then makes them one by one. Pressed again after a failure, it goes on. */
export function ActDialog(props: ActDialogProps) {
  const { act, onClose, environment, caId, settings, artefacts, presence, cliTarget, actions } = props;
  const t = useTranslations('jitr.act');
  const ui = useTranslations('ui');
  const acted = useActed();
  const { refresh } = useRefresh();
  // What was there when the dialog was opened: a run that failed half-way keeps its list.
  const [calls] = useState(() => jitrCalls(act, presence));
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const [isPending, setPending] = useState(false);
  const run = useJitrRun(calls, async (call) => {
    const digest = await artefactsDigest(artefacts, crypto);
    return actions.makeCall({ environment, caId, settings, call, digest });
  });

  async function begin(): Promise<Failure | 'obstacle' | undefined> {
    if (act === 'deploy') {
      const saved = await orNoAnswer(actions.saveSettings({ environment, caId, settings, deployed: 'yes' }));
      if (!saved.ok) return saved.failure;
    }
    const ended = await run.start();
    if (ended !== undefined || act !== 'remove') return ended;
    const saved = await orNoAnswer(actions.saveSettings({ environment, caId, settings, deployed: 'no' }));
    return saved.ok ? undefined : saved.failure;
  }

  async function start() {
    if (isPending) return;
    setPending(true);
    setFailure(undefined);
    try {
      const ended = await begin();
      if (ended === undefined) {
        acted(t(`done.${act}`));
        onClose();
      } else if (ended !== 'obstacle') setFailure(ended);
    } finally {
      setPending(false);
    }
  }

  function close() {
    // Left half-way: what is done already has changed what the page shows.
    if (run.hasBegun) void refresh();
    onClose();
  }

  return (
    <Dialog
      title={t(`title.${act}`)}
      isOpen
      onClose={close}
      isBusy={isPending}
      footer={
        <>
          <Button onPress={close} isDisabled={isPending}>
            {ui('cancel')}
          </Button>
          <Button
            variant={act === 'remove' ? 'danger' : 'primary'}
            onPress={() => void start()}
            isPending={isPending}
          >
            {t(`button.${act}`)}
          </Button>
        </>
      }
    >
      <p>{t(`what.${act}`)}</p>
      <ol className="flex flex-col divide-y divide-line rounded-md border border-line px-3">
        {calls.map((call, index) => (
          <li key={call} className="flex flex-col gap-1.5 py-2.5">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 flex-1 text-sm font-medium wrap-anywhere">
                {index + 1}. {t(`call.${call}`, { name: artefacts.name, role: artefacts.roleName })}
              </span>
              <span role="status">
                <StatusBadge tone={TONES[run.stateOf(index)]}>{t(`state.${run.stateOf(index)}`)}</StatusBadge>
              </span>
            </div>
            <CliDisclosure commands={[jitrCommand(call, artefacts, cliTarget)]} />
          </li>
        ))}
      </ol>
      <Obstacle obstacle={run.obstacle} />
      {failure === undefined ? null : <FailureNotice failure={failure} />}
    </Dialog>
  );
}

function Obstacle({ obstacle }: { obstacle: RunObstacle | undefined }) {
  const t = useTranslations('jitr.act.obstacle');
  switch (obstacle?.kind) {
    case undefined:
      return null;
    case 'not-ours':
      return (
        <Notice tone="danger" role="alert" title={t(`notOurs.${obstacle.resource}`)}>
          <p>{t('notOursHelp')}</p>
        </Notice>
      );
    case 'plan-changed':
      return (
        <Notice tone="warning" role="alert" title={t('planChanged')}>
          <p>{t('planChangedHelp')}</p>
        </Notice>
      );
    case 'no-answer':
      return <Notice tone="danger" role="alert" title={t('noAnswer')} />;
  }
}
