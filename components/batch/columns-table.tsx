'use client';

import { useTranslations } from 'use-intl';
import { SUBJECT_FIELDS } from '@/components/device/subject-fields';
import { Checkbox } from '@/components/ui/checkbox';
import { Select } from '@/components/ui/select';
import { guessColumns } from '@/lib/batch/columns';
import type { ListedTable } from './batch-input';

const ROWS_SHOWN_MAX = 4;
const LEFT_OUT = 'left-out';

type ColumnsTableProps = { table: ListedTable; onChange: (table: ListedTable) => void };

/** Which column is what, over the first rows. */
export function ColumnsTable({ table, onChange }: ColumnsTableProps) {
  const t = useTranslations('batch.columns');
  const device = useTranslations('device.field');
  const { rows } = table.table;
  const shown = (table.hasHeader ? rows.slice(1) : rows).slice(0, ROWS_SHOWN_MAX);
  const header = rows[0]?.cells ?? [];

  function choose(column: number, chosen: string) {
    const field = SUBJECT_FIELDS.find((candidate) => candidate === chosen);
    // A field stands once in a subject: the column that had it is left out.
    const mapping = table.mapping.map((former, index) =>
      index === column ? field : former === field ? undefined : former,
    );
    onChange({ ...table, mapping });
  }

  return (
    <div className="flex flex-col gap-3">
      <Checkbox
        isSelected={table.hasHeader}
        onChange={(hasHeader) => {
          const { mapping } = hasHeader ? guessColumns(rows) : table;
          onChange({ ...table, hasHeader, mapping });
        }}
      >
        {t('hasHeader')}
      </Checkbox>
      <div className="overflow-x-auto rounded-md border border-line">
        <table className="w-full text-sm">
          <caption className="sr-only">{t('caption')}</caption>
          <thead>
            <tr className="border-b border-line align-top">
              {table.mapping.map((field, column) => {
                const name = table.hasHeader ? (header[column] ?? '') : t('column', { number: column + 1 });
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity and keep their places
                  <th key={column} scope="col" className="min-w-48 p-2 text-left font-normal">
                    <Select
                      label={name === '' ? t('column', { number: column + 1 }) : name}
                      value={field ?? LEFT_OUT}
                      onChange={(chosen) => choose(column, chosen)}
                      options={[
                        ...SUBJECT_FIELDS.map((value) => ({ value, label: device(value) })),
                        { value: LEFT_OUT, label: t('leftOut') },
                      ]}
                    />
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ line, cells }) => (
              <tr key={line} className="border-b border-line last:border-0">
                {table.mapping.map((field, column) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    key={column}
                    className={field === undefined ? 'p-2 text-ink-muted' : 'p-2 font-mono text-xs'}
                  >
                    {cells[column] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
