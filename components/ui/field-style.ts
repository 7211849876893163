/** Looks of whatever takes text. */
export const CONTROL =
  'min-h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 py-1 text-sm text-ink placeholder:text-ink-muted disabled:bg-sunken data-disabled:bg-sunken aria-invalid:border-danger data-invalid:border-danger';

/** Looks of a field: its label, help, control and notes in a column. */
export const FIELD = 'flex min-w-0 flex-col gap-1';
