'use client';

import { useTranslations } from 'use-intl';
import { EncodingSelect } from '@/components/registry/encoding-select';
import { Checkbox } from '@/components/ui/checkbox';
import { Select } from '@/components/ui/select';
import { IMPORT_COLUMNS, type ImportTable } from '@/lib/batch/import-file';
import type { LegacyEncoding } from '@/lib/batch/text-encoding';

const NONE = 'none';
const OPTIONS = [...IMPORT_COLUMNS, NONE] as const;

/** Longer values, such as a certificate, tell a person no more. */
const SAMPLE_CHARACTERS_MAX = 40;

type ImportColumnsProps = {
  file: ImportTable;
  onChange: (file: ImportTable) => void;
  onEncoding: (encoding: LegacyEncoding) => void;
};

/** Which column of a table is what. */
export function ImportColumns({ file, onChange, onEncoding }: ImportColumnsProps) {
  const t = useTranslations('ledger-work.import');
  const { table, hasHeader, mapping } = file;
  const header = table.rows[0]?.cells ?? [];
  const sample = table.rows[hasHeader ? 1 : 0]?.cells ?? [];

  function choose(column: number, chosen: string) {
    const meaning = IMPORT_COLUMNS.find((candidate) => candidate === chosen);
    // One column says it: the one that had it before is left out.
    onChange({
      ...file,
      mapping: mapping.map((former, index) =>
        index === column ? meaning : former === meaning ? undefined : former,
      ),
    });
  }

  return (
    <fieldset className="flex flex-col gap-3 rounded-md border border-line p-3">
      <legend className="px-1 text-sm font-medium">{t('columns', { file: file.name })}</legend>
      {file.encoded === undefined ? null : (
        <EncodingSelect encoding={file.encoded.encoding} onChange={onEncoding} />
      )}
      <Checkbox isSelected={hasHeader} onChange={(has) => onChange({ ...file, hasHeader: has })}>
        {t('hasHeader')}
      </Checkbox>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {mapping.map((meaning, column) => {
          const value = (sample[column] ?? '').slice(0, SAMPLE_CHARACTERS_MAX);
          return (
            <Select
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity and keep their places
              key={column}
              label={(hasHeader && header[column]) || t('column', { number: column + 1 })}
              {...(value === '' ? {} : { help: t('sample', { value }) })}
              value={meaning ?? NONE}
              onChange={(chosen) => choose(column, chosen)}
              options={OPTIONS.map((option) => ({
                value: option,
                label: t(`columnName.${option}`),
              }))}
            />
          );
        })}
      </div>
    </fieldset>
  );
}
