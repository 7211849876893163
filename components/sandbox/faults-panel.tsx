'use client';

import { Trash2, Zap } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ListPanel } from '@/components/registry/list-panel';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failure-notice';
import { useFlash } from '@/components/ui/flash';
import { orNoAnswer } from '@/components/ui/no-answer';
import type { Failure } from '@/lib/failure';
import type { SandboxFault } from '@/lib/registry/sandbox-activity';
import { FaultDialog } from './fault-dialog';
import { FaultsTable } from './faults-table';
import type { FaultActions } from './sandbox-actions';

type FaultsPanelProps = {
  environment: string;
  faults: readonly SandboxFault[];
  /** Nothing for those who may only look. */
  actions: FaultActions | undefined;
  /** After an act. */
  onChanged: () => void;
};

/** What fails on purpose now, and the buttons that change it. */
export function FaultsPanel({ environment, faults, actions, onChanged }: FaultsPanelProps) {
  const t = useTranslations('sandbox.faults');
  const { show } = useFlash();
  const [isOpen, setOpen] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);

  function done(text: string) {
    show({ tone: 'positive', text });
    setFailure(undefined);
    onChanged();
  }
  async function remove({ id }: SandboxFault, removeFault: FaultActions['removeFault']) {
    const removed = await orNoAnswer(removeFault({ environment, id }));
    // Somebody else was faster, or it has used itself up: it is gone all the same.
    if (removed.ok || removed.failure.kind === 'not-found') done(t('removed'));
    else setFailure(removed.failure);
  }

  return (
    <>
      <ListPanel>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
          <p className="min-w-0 flex-1 text-sm text-pretty text-ink-muted max-sm:basis-full">{t('intro')}</p>
          {actions === undefined ? null : (
            <div className="ml-auto flex flex-wrap gap-2">
              <Button variant="primary" icon={<Zap aria-hidden />} onPress={() => setOpen(true)}>
                {t('switchOn')}
              </Button>
            </div>
          )}
        </div>
        {failure === undefined ? null : (
          <div className="p-4">
            <FailureNotice failure={failure} />
          </div>
        )}
        <FaultsTable
          faults={faults}
          empty={<EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>}
          removal={
            actions &&
            ((fault, operation) => (
              <Button
                variant="quiet"
                icon={<Trash2 aria-hidden />}
                aria-label={t('removeOf', { operation })}
                onPress={() => void remove(fault, actions.removeFault)}
              >
                {t('remove')}
              </Button>
            ))
          }
        />
      </ListPanel>
      {isOpen && actions !== undefined ? (
        <FaultDialog
          switchOn={(order) => actions.switchFaultOn({ environment, ...order })}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            done(t('switchedOn'));
          }}
        />
      ) : null}
    </>
  );
}
