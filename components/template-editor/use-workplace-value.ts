'use client';

import { useMemo } from 'react';
import type { EditorWorkplace } from './editor-context';
import { useNames } from './use-names';

/** What the parts of the drawing work with; the same object as long as none of it changes. */
export function useWorkplaceValue({
  edit,
  isReadOnly,
  findings,
  showFinding,
  namesUrl,
}: Omit<EditorWorkplace, 'namesOf' | 'askFor'> & { namesUrl: string | undefined }): EditorWorkplace {
  const { namesOf, askFor } = useNames(namesUrl);
  return useMemo(
    () => ({ edit, isReadOnly, findings, showFinding, namesOf, askFor }),
    [edit, isReadOnly, findings, showFinding, namesOf, askFor],
  );
}
