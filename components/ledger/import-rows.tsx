'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { Tone } from '@/components/ui/tone';
import type { RowFault } from '@/lib/batch/import-file';

/** Who has more of them has one mistake in all rows. */
const ROWS_SHOWN_MAX = 50;

export type FaultyImportRow = { file: string; line: number; fault: RowFault | 'not-signed-by-ca' };

/** What is wrong with which row. */
export function ImportRowFaults({ rows, tone }: { rows: readonly FaultyImportRow[]; tone: Tone }) {
  const t = useTranslations('ledger-work.import');
  if (rows.length === 0) return null;
  return (
    <Notice tone={tone} role="status" title={t('rowsTitle', { count: rows.length })}>
      <ul className="flex max-h-64 flex-col gap-1 overflow-y-auto" aria-label={t('rowsLabel')}>
        {rows.slice(0, ROWS_SHOWN_MAX).map(({ file, line, fault }) => (
          <li key={`${file} ${line}`} className="wrap-anywhere">
            <span className="font-medium tabular-nums">{t('rowAt', { file, line })}</span> {t(`row.${fault}`)}
          </li>
        ))}
      </ul>
      {rows.length > ROWS_SHOWN_MAX ? <p>{t('rowMore', { count: rows.length - ROWS_SHOWN_MAX })}</p> : null}
    </Notice>
  );
}
