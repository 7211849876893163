'use client';

import { useTranslations } from 'use-intl';
import { Disclosure } from '@/components/ui/disclosure';
import { Notice } from '@/components/ui/notice';
import { diffTemplates } from '@/lib/provisioning/diff/diff-templates';
import type { DiffNote } from '@/lib/provisioning/diff/template-change';
import { ChangeList } from './change-list';
import { TextDiff } from './text-diff';

/** One of the two that are compared: its text, and what it is called. */
export type ComparedTemplate = { label: string; templateBody: string };

type TemplateDiffViewProps = { before: ComparedTemplate; after: ComparedTemplate };

/** What a device would get differently from two texts of a template, and the texts themselves line by line. */
export function TemplateDiffView({ before, after }: TemplateDiffViewProps) {
  const t = useTranslations('templates.diff');
  const diff = diffTemplates(before.templateBody, after.templateBody);
  if (diff.ok && diff.value.isSameText) return <Notice tone="info" title={t('sameText')} />;
  return (
    <div className="flex flex-col gap-4">
      {diff.ok ? (
        <>
          {diff.value.changes.length === 0 ? (
            <Notice tone="positive" title={t('sameDevice')}>
              <p>{t('sameDeviceText')}</p>
            </Notice>
          ) : (
            <ChangeList changes={diff.value.changes} />
          )}
          <Notes notes={diff.value.notes} />
        </>
      ) : (
        <Notice
          tone="warning"
          title={t('unreadable', { label: diff.failure.side === 'before' ? before.label : after.label })}
        />
      )}
      <Disclosure summary={t('lines')} isInitiallyOpen={!diff.ok}>
        <TextDiff before={before} after={after} />
      </Disclosure>
    </div>
  );
}

function Notes({ notes }: { notes: readonly DiffNote[] }) {
  const t = useTranslations('templates.diff.note');
  if (notes.length === 0) return null;
  return (
    <ul className="list-disc space-y-1 pl-5 text-sm text-ink-muted">
      {notes.map((note) => (
        <li key={`${note.code} ${note.name}`}>
          {t(note.code, { name: note.name, to: 'to' in note ? note.to : '' })}
        </li>
      ))}
    </ul>
  );
}
