import { SelectPage, SelectRow } from '@/components/acts/selection-scope';
import type { Column } from '@/components/ui/resource-table';
import type { RegistryTranslator } from './translator';

/** The boxes in front of the rows of a table that stands in a `SelectionScope`. */
export const selectColumn = <Row,>(t: RegistryTranslator, idOf: (row: Row) => string): Column<Row> => ({
  id: 'select',
  header: t('list.select'),
  headerContent: <SelectPage />,
  cell: (row) => <SelectRow id={idOf(row)} name={idOf(row)} />,
});
