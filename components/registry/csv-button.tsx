'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { printCsv } from '@/lib/registry/csv';

type CsvButtonProps = {
  /** Without the ending. */
  fileName: string;
  header: readonly string[];
  rows: ReadonlyArray<readonly string[]>;
};

/** Saves the rows that are shown, as they are: no further page is read. */
export function CsvButton({ fileName, header, rows }: CsvButtonProps) {
  const t = useTranslations('registry.list');

  function save() {
    // The mark at the beginning makes spreadsheets read UTF-8.
    const blob = new Blob(['\uFEFF', printCsv(header, rows)], { type: 'text/csv;charset=utf-8' });
    const url = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = url;
    link.download = `${fileName}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  }

  return (
    <Button variant="quiet" onPress={save} isDisabled={rows.length === 0} icon={<Download aria-hidden />}>
      {t('exportCsv')}
    </Button>
  );
}
