'use client';

import { useTranslations } from 'use-intl';
import type { ApprovalNote } from '@/lib/registry/approval';

/** What stands beside the steps of an approval and should be seen before it is done. */
export function ApprovalNotes({ notes }: { notes: readonly ApprovalNote[] }) {
  const t = useTranslations('acts.approval.note');
  if (notes.length === 0) return null;
  return (
    <ul className="mt-1 list-disc pl-5 text-xs text-warning">
      {notes.map((note) => (
        <li key={`${note.kind} ${'name' in note ? note.name : ''}`} className="wrap-anywhere">
          {note.kind === 'attribute-left-out'
            ? t('attributeLeftOut', { name: note.name })
            : note.kind === 'thing-shared'
              ? t('thingShared', { name: note.thingName, count: note.count })
              : t('thingThere', { name: note.thingName })}
        </li>
      ))}
    </ul>
  );
}
