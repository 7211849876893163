'use client';

import { createContext, use } from 'react';
import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';
import type { PlacedFinding } from './finding-key';
import type { NameKind } from './name-lookups';
import type { EditTemplate } from './use-editor';

export type EditorWorkplace = {
  edit: EditTemplate;
  /** Nothing of the drawing can be changed while a text is broken. */
  isReadOnly: boolean;
  findings: readonly PlacedFinding[];
  /** Leads to a finding in the list. */
  showFinding: (finding: TemplateLint) => void;
  /** Names that AWS has, for completion; asked for when a field gets the focus. */
  namesOf: (kind: NameKind) => readonly string[];
  askFor: (kind: NameKind) => void;
};

const WorkplaceContext = createContext<EditorWorkplace | undefined>(undefined);

export const WorkplaceProvider = WorkplaceContext.Provider;

/** What every part of the drawing works with. */
export function useWorkplace(): EditorWorkplace {
  const workplace = use(WorkplaceContext);
  if (workplace === undefined) throw new TypeError('a part of the drawing needs the editor above it');
  return workplace;
}
