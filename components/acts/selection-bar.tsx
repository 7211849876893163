'use client';

import { ListChecks } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Menu } from '@/components/ui/menu';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import { ACT_SUBJECTS_MAX, type Act } from '@/lib/registry/act';
import type { Approval } from '@/lib/registry/approval';
import type { ActSubject } from './act-run';
import { type SelectionList, useActs } from './acts-context';
import { PasteDialog } from './paste-dialog';
import { type AllRead, readAll } from './read-all';
import { useSelection } from './selection-scope';
import { NOTHING_SELECTED, withAll } from './selection-state';

/** Statuses that people pick by. */
const STATUSES = ['PENDING_ACTIVATION', 'INACTIVE', 'ACTIVE', 'REVOKED'] as const;

type SelectionBarProps = {
  list: SelectionList;
  /** In the order of their buttons; those that the operator may not do are left out. */
  acts: readonly Act[];
  /** What an `approve` begins with; undefined: nothing is known to begin with. */
  approvalFor?: (subjects: readonly ActSubject[]) => Approval | undefined;
  /** Where all rows of the list are read, with the list's own filter in its query. */
  allUrl: string;
};

type Reading = { count: number } | { result: AllRead } | undefined;

/** What is picked, ways to pick more, and what can be done with it. */
export function SelectionBar({ list, acts, allUrl, approvalFor }: SelectionBarProps) {
  const t = useTranslations('acts.selection');
  const actWords = useTranslations('acts.act');
  const { may, propose } = useActs();
  const { rows, selection, select } = useSelection();
  const [reading, setReading] = useState<Reading>(undefined);
  const [isPasting, setPasting] = useState(false);
  const stopReading = useRef<AbortController | undefined>(undefined);
  const onPage = rows.filter(({ id }) => selection.has(id)).length;
  const isOfCertificates = list === 'certificates';

  async function pickAll(isWanted: (subject: ActSubject) => boolean) {
    const stop = new AbortController();
    stopReading.current = stop;
    setReading({ count: 0 });
    const result = await readAll(allUrl, isWanted, (count) => setReading({ count }), stop.signal);
    if (stop.signal.aborted) return setReading(undefined);
    select(withAll(selection, result.subjects));
    setReading(result.isPartial || result.failure !== undefined ? { result } : undefined);
  }

  function onPick(id: string) {
    if (id === 'page') select(withAll(selection, rows));
    else if (id === 'all') void pickAll(() => true);
    else if (id === 'paste') setPasting(true);
    else if (id === 'none') select(NOTHING_SELECTED);
    else void pickAll(({ status }) => status === id);
  }

  return (
    <div
      className={classNames(
        'flex flex-col gap-2 border-b border-line bg-surface px-4 py-2 text-sm',
        // Below the bar at the top, which is a line higher on a phone: what can be done with the rows stays at hand.
        selection.size > 0 && 'sticky top-12 z-10 max-sm:top-20',
      )}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Menu
          label={t('pick')}
          icon={<ListChecks aria-hidden />}
          entries={[
            { id: 'page', label: t('page') },
            { id: 'all', label: t('all', { max: ACT_SUBJECTS_MAX }) },
            ...(isOfCertificates ? STATUSES.map((id) => ({ id, label: t(`allOf.${id}`) })) : []),
            ...(isOfCertificates ? [{ id: 'paste', label: t('paste') }] : []),
            { id: 'none', label: t('none'), isDisabled: selection.size === 0 },
          ]}
          onAction={onPick}
        />
        <p role="status" className="tabular-nums text-ink-muted">
          {selection.size === 0
            ? t('nothing')
            : t('count', { count: selection.size, elsewhere: selection.size - onPage })}
        </p>
        <div className="ml-auto flex flex-wrap gap-2">
          {acts
            .filter((act) => may[act])
            .map((act) => (
              <Button
                key={act}
                isDisabled={selection.size === 0}
                variant={act === 'revoke' || act.startsWith('delete') ? 'danger' : 'secondary'}
                onPress={() => {
                  const subjects = [...selection.values()];
                  const approval = act === 'approve' ? approvalFor?.(subjects) : undefined;
                  propose({ act, subjects, list, approval });
                }}
              >
                {actWords(act)}
              </Button>
            ))}
        </div>
      </div>
      {reading === undefined ? null : 'count' in reading ? (
        <p role="status" className="flex flex-wrap items-center gap-2 tabular-nums">
          <Spinner />
          {t('reading', { count: reading.count })}
          <Button variant="quiet" onPress={() => stopReading.current?.abort()}>
            {t('stopReading')}
          </Button>
        </p>
      ) : (
        <Notice
          role="status"
          tone="warning"
          title={t(reading.result.failure === undefined ? 'partial' : 'broken', {
            count: reading.result.subjects.length,
          })}
        />
      )}
      <PasteDialog
        isOpen={isPasting}
        onClose={() => setPasting(false)}
        onPick={(ids) =>
          select(
            withAll(
              selection,
              ids.map((id) => ({ id })),
            ),
          )
        }
      />
    </div>
  );
}
