/** One change of the state, as the journal keeps it. */
export type Entry =
  | readonly ['put', table: string, key: string, row: object]
  | readonly ['delete', table: string, key: string]
  | readonly ['link', relation: string, left: string, right: string, data: object]
  | readonly ['unlink', relation: string, left: string, right: string]
  | readonly ['reset'];

export type Log = (entry: Entry) => void;
