import type { Column } from '@/components/ui/resource-table';
import { SelectPage, SelectRow } from './selection-scope';

/**
 * The boxes in front of the rows of a table that stands in a `SelectionScope`.
 *
 * @param nameOf - what screen readers call the row; by default its id
 */
export const selectColumn = <Row,>(
  header: string,
  idOf: (row: Row) => string,
  nameOf: (row: Row) => string = idOf,
): Column<Row> => ({
  id: 'select',
  header,
  headerContent: <SelectPage />,
  cell: (row) => <SelectRow id={idOf(row)} name={nameOf(row)} />,
});
