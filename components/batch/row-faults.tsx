'use client';

import { useTranslations } from 'use-intl';
import { useFaultSentence } from '@/components/device/use-fault-sentence';
import { Notice } from '@/components/ui/notice';
import type { DeviceRowFault, FaultyRow } from '@/lib/batch/batch-device';

/** Who has more of them has one mistake in all rows. */
const ROWS_SHOWN_MAX = 50;

/** What is wrong with which row. */
export function RowFaults({ faulty }: { faulty: readonly FaultyRow[] }) {
  const t = useTranslations('batch.rows');
  const device = useTranslations('device.field');
  const sentenceOf = useFaultSentence();
  if (faulty.length === 0) return null;

  function sentence(fault: DeviceRowFault): string {
    switch (fault.kind) {
      case 'common-name-missing':
        return t('common-name-missing');
      case 'common-name-twice':
        return t('common-name-twice', { line: fault.firstLine });
      case 'cells-too-many':
        return t('cells-too-many', { cells: fault.cells, columns: fault.columns });
      case 'subject-empty':
        return sentenceOf(fault);
      default:
        return `${device(fault.field)}: ${sentenceOf(fault)}`;
    }
  }

  return (
    <Notice tone="danger" role="alert" title={t('title', { count: faulty.length })}>
      <ul className="flex max-h-64 flex-col gap-1 overflow-y-auto" aria-label={t('label')}>
        {faulty.slice(0, ROWS_SHOWN_MAX).map(({ line, commonName, faults }) => (
          <li key={line} className="wrap-anywhere">
            <span className="font-medium tabular-nums">{t('line', { line })}</span>{' '}
            {commonName === '' ? null : <span className="font-mono text-xs">{commonName} </span>}
            {faults.map(sentence).join(' ')}
          </li>
        ))}
      </ul>
      {faulty.length > ROWS_SHOWN_MAX ? <p>{t('more', { count: faulty.length - ROWS_SHOWN_MAX })}</p> : null}
    </Notice>
  );
}
