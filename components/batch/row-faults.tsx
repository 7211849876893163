'use client';

import { useTranslations } from 'use-intl';
import { useFaultSentence } from '@/components/device/use-fault-sentence';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { DeviceRowFault, FaultyRow } from '@/lib/batch/batch-device';

/** Who has more of them has one mistake in all rows. */
const ROWS_SHOWN_MAX = 50;

type RowFaultsProps = {
  faulty: readonly FaultyRow[];
  /** Where the list is of files, which nobody wants to pick anew for one that is damaged. */
  onLeaveOut?: (() => void) | undefined;
};

/** What is wrong with which row. */
export function RowFaults({ faulty, onLeaveOut }: RowFaultsProps) {
  const t = useTranslations('batch.rows');
  const device = useTranslations('device.field');
  const sentenceOf = useFaultSentence();
  if (faulty.length === 0) return null;

  function sentence(fault: DeviceRowFault): string {
    switch (fault.kind) {
      case 'common-name-missing':
        return t('common-name-missing');
      case 'common-name-twice':
        return fault.firstPlace === undefined
          ? t('common-name-twice', { line: fault.firstLine })
          : t('common-name-twice-file', { place: fault.firstPlace });
      case 'request-missing':
        return t('request-missing');
      case 'public-key-twice':
        return t('public-key-twice', { place: fault.firstPlace });
      case 'cells-too-many':
        return t('cells-too-many', { cells: fault.cells, columns: fault.columns });
      default:
        return 'field' in fault && fault.field !== 'subject'
          ? `${device(fault.field)}: ${sentenceOf(fault)}`
          : sentenceOf(fault);
    }
  }

  return (
    <Notice
      tone="danger"
      role="alert"
      title={t(onLeaveOut === undefined ? 'title' : 'titleRequests', { count: faulty.length })}
    >
      <ul className="flex max-h-64 flex-col gap-1 overflow-y-auto" aria-label={t('label')}>
        {faulty.slice(0, ROWS_SHOWN_MAX).map(({ line, place, commonName, faults }) => (
          <li key={line} className="wrap-anywhere">
            <span className="font-medium tabular-nums">
              {place === undefined ? t('line', { line }) : `${place}:`}
            </span>{' '}
            {commonName === '' ? null : <span className="font-mono text-xs">{commonName} </span>}
            {faults.map(sentence).join(' ')}
          </li>
        ))}
      </ul>
      {faulty.length > ROWS_SHOWN_MAX ? <p>{t('more', { count: faulty.length - ROWS_SHOWN_MAX })}</p> : null}
      {onLeaveOut === undefined ? null : (
        <div className="mt-2">
          <Button onPress={onLeaveOut}>{t('leaveOut', { count: faulty.length })}</Button>
        </div>
      )}
    </Notice>
  );
}
