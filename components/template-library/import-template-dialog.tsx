'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { TextArea } from '@/components/ui/text-area';
import { readAnything } from '@/lib/provisioning/document/read-anything';
import { CONFIG_CHARACTERS_MAX } from '@/lib/provisioning/registration-config';
import type { TemplateDraftToSave } from './save-template-dialog';

type ImportTemplateDialogProps = {
  isOpen: boolean;
  onClose: () => void;
  onTaken: (draft: TemplateDraftToSave) => void;
};

/** A template in whatever form it is, dropped or pasted; read in the page. */
export function ImportTemplateDialog({ isOpen, onClose, onTaken }: ImportTemplateDialogProps) {
  const t = useTranslations('templates.import');
  const paste = useTranslations('editor.paste');
  const ui = useTranslations('ui');
  const [text, setText] = useState('');
  const read = text.trim() === '' ? undefined : readAnything(text);
  const taken = read?.ok === true ? read.value : undefined;
  const templateBody = taken?.templateBody;

  function take() {
    if (taken === undefined || templateBody === undefined) return;
    setText('');
    onTaken({
      templateBody,
      roleArn: taken.roleArn ?? '',
      description: taken.description,
      name: taken.templateName,
    });
  }

  return (
    <Dialog
      title={t('title')}
      isOpen={isOpen}
      onClose={onClose}
      width="wide"
      footer={
        <>
          <Button onPress={onClose}>{ui('cancel')}</Button>
          <Button variant="primary" onPress={take} isDisabled={templateBody === undefined}>
            {t('take')}
          </Button>
        </>
      }
    >
      <FileDrop
        label={t('drop')}
        bytesMax={CONFIG_CHARACTERS_MAX}
        extensions={['.json', '.txt', '.tf']}
        onContents={([content]) => {
          if (content !== undefined) setText(new TextDecoder().decode(content.bytes));
        }}
      />
      <TextArea label={t('label')} help={paste('help')} isCode rows={10} value={text} onChange={setText} />
      <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
        {read === undefined || read.ok ? null : (
          <Notice tone="danger" title={paste(`fault.${read.failure.code}`, read.failure.params)} />
        )}
        {taken === undefined ? null : (
          <p className="flex flex-wrap items-center gap-2 text-sm">
            {paste('understood', { form: paste(`form.${taken.form}`) })}
            {taken.notes.map((note) => (
              <Badge key={note}>{paste(`note.${note}`)}</Badge>
            ))}
          </p>
        )}
        {taken !== undefined && templateBody === undefined ? (
          <Notice tone="warning" title={paste('noBody')} />
        ) : null}
      </div>
    </Dialog>
  );
}
