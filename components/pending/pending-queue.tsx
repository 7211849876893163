'use client';

import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useActs } from '@/components/acts/acts-context';
import { SelectionBar } from '@/components/acts/selection-bar';
import { SelectionScope } from '@/components/acts/selection-scope';
import { ListPanel } from '@/components/registry/list-panel';
import { useLooks } from '@/components/registry/use-looks';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import type { Approval } from '@/lib/registry/approval';
import { type Attempts, PENDING_LOOK_MAX, type PendingLook } from '@/lib/registry/pending';
import { PendingTable } from './pending-table';

/** A row as the server hands it down: `since` is when AWS registered it, ISO 8601. */
export type PendingRow = { certificateId: string; since: string };

type PendingQueueProps = {
  environment: string;
  rows: readonly PendingRow[];
  /** Undefined: who keeps them did not answer. */
  attempts: Attempts | undefined;
  /** When the rows were read, ISO 8601. */
  readAt: string;
  /** Where all that wait are read, page by page. */
  allUrl: string;
};

/** What the set-up of their CA would give them, where all that are meant are known to be of one. */
function commonApproval(looks: readonly (PendingLook | undefined)[]): Approval | undefined {
  const cas = looks.map((look) => (look?.kind === 'waiting' ? look.ca : undefined));
  return new Set(cas.map((ca) => ca?.caId)).size === 1 ? cas[0]?.approval : undefined;
}

const ACTS = ['approve', 'deactivate', 'reject'] as const;

/** The certificates that wait, newest first. The first few are looked at by themselves, the others when somebody asks. */
export function PendingQueue({ environment, rows, attempts, readAt, allUrl }: PendingQueueProps) {
  const t = useTranslations('pending');
  const { may } = useActs();
  const [shownCount, setShownCount] = useState(PENDING_LOOK_MAX);
  const key = rows.map(({ certificateId }) => certificateId).join(' ');
  const ids = useMemo(() => key.split(' '), [key]);
  const { found, isLooking, isBroken, look } = useLooks<PendingLook>(
    `/e/${environment}/pending/looks`,
    ids,
    PENDING_LOOK_MAX,
    readAt,
  );
  const shown = rows.slice(0, shownCount).map((row) => ({ ...row, look: found.get(row.certificateId) }));
  const isSelectable = ACTS.some((act) => may[act]);
  return (
    <ListPanel>
      <SelectionScope
        list="pending"
        rows={shown.map(({ certificateId, look: known }) => ({
          id: certificateId,
          name: known?.kind === 'waiting' ? known.subject?.commonName : undefined,
          status: 'PENDING_ACTIVATION',
        }))}
      >
        {isSelectable ? (
          <SelectionBar
            list="pending"
            acts={ACTS}
            allUrl={allUrl}
            approvalFor={(subjects) => commonApproval(subjects.map(({ id }) => found.get(id)))}
          />
        ) : null}
        {isLooking ? (
          <p role="status" className="flex items-center gap-2 px-4 py-2 text-sm text-ink-muted">
            <Spinner />
            {t('looking')}
          </p>
        ) : null}
        {isBroken ? (
          <div className="p-4">
            <Notice tone="warning" role="alert" title={t('broken')}>
              <Button onPress={() => look(PENDING_LOOK_MAX)}>{t('lookAgain')}</Button>
            </Notice>
          </div>
        ) : null}
        <PendingTable
          environment={environment}
          rows={shown}
          attempts={attempts}
          isSelectable={isSelectable}
          isLooking={isLooking}
        />
      </SelectionScope>
      {rows.length > shownCount ? (
        <div className="border-t border-line px-4 py-2">
          <Button
            variant="quiet"
            isDisabled={isLooking}
            onPress={() => {
              setShownCount(shownCount + PENDING_LOOK_MAX);
              look(PENDING_LOOK_MAX);
            }}
          >
            {t('showMore', { count: Math.min(PENDING_LOOK_MAX, rows.length - shownCount) })}
          </Button>
        </div>
      ) : null}
    </ListPanel>
  );
}
