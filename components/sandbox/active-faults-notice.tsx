'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { FailureNotice } from '@/components/ui/failure-notice';
import { useFlash } from '@/components/ui/flash';
import { orNoAnswer } from '@/components/ui/no-answer';
import { Notice } from '@/components/ui/notice';
import type { Failure } from '@/lib/failure';
import { EVERY_OPERATION, type SandboxFault } from '@/lib/registry/sandbox-activity';
import type { FaultActions } from './sandbox-actions';

/** Named in the notice; the table has them all. */
const OPERATIONS_NAMED_MAX = 5;

type ActiveFaultsNoticeProps = {
  environment: string;
  faults: readonly SandboxFault[];
  actions: FaultActions | undefined;
  onChanged: () => void;
};

/** Says on every part of the page that something fails on purpose, so that nobody looks for the cause elsewhere. */
export function ActiveFaultsNotice({ environment, faults, actions, onChanged }: ActiveFaultsNoticeProps) {
  const t = useTranslations('sandbox.faults');
  const { show } = useFlash();
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  if (faults.length === 0) return null;
  const names = [
    ...new Set(faults.map(({ operation }) => (operation === EVERY_OPERATION ? t('every') : operation))),
  ];
  const operations =
    names.slice(0, OPERATIONS_NAMED_MAX).join(', ') + (names.length > OPERATIONS_NAMED_MAX ? ' …' : '');

  async function removeAll(removeFaults: FaultActions['removeFaults']) {
    setPending(true);
    try {
      const removed = await orNoAnswer(removeFaults({ environment }));
      setFailure(removed.ok ? undefined : removed.failure);
      if (!removed.ok) return;
      show({ tone: 'positive', text: t('removedAll') });
      onChanged();
    } finally {
      setPending(false);
    }
  }

  return (
    <Notice tone="warning" role="status" title={t('activeTitle', { count: faults.length })}>
      <p className="wrap-anywhere">{t('activeText', { operations })}</p>
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      {actions === undefined ? null : (
        <div>
          <Button isPending={isPending} onPress={() => void removeAll(actions.removeFaults)}>
            {t('removeAll')}
          </Button>
        </div>
      )}
    </Notice>
  );
}
