import type { JitrDraft } from './jitr-draft';

/** What every part of the form gets. */
export type FormPart = {
  draft: JitrDraft;
  change: (changes: Partial<JitrDraft>) => void;
  /** The sentences of a field's faults; none before the first try. */
  errorsOf: (field: string) => string[];
};
