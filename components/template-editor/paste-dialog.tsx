'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { TextArea } from '@/components/ui/text-area';
import type { Paste, PastedTemplate } from '@/lib/provisioning/document/pasted-template';
import { readAnything } from '@/lib/provisioning/document/read-anything';
import { CONFIG_CHARACTERS_MAX } from '@/lib/provisioning/registration-config';

type PasteDialogProps = {
  onClose: () => void;
  onTake: (pasted: PastedTemplate & { templateBody: string }) => void;
};

/** Takes a template out of whatever a person has at hand, and says first what it was understood as. */
export function PasteDialog({ onClose, onTake }: PasteDialogProps) {
  const t = useTranslations('editor.paste');
  const [text, setText] = useState('');
  const paste = text.trim() === '' ? undefined : readAnything(text);
  const body = paste?.ok ? paste.value.templateBody : undefined;
  return (
    <Dialog
      title={t('title')}
      isOpen
      onClose={onClose}
      width="wide"
      footer={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={body === undefined}
            onPress={() => {
              if (!paste?.ok || body === undefined) return;
              onTake({ ...paste.value, templateBody: body });
              onClose();
            }}
          >
            {t('take')}
          </Button>
        </>
      }
    >
      <FileDrop
        label={t('drop')}
        bytesMax={CONFIG_CHARACTERS_MAX}
        extensions={['.json', '.txt', '.tf', '.sh']}
        onContents={([content]) => {
          if (content !== undefined) setText(new TextDecoder().decode(content.bytes));
        }}
      />
      <TextArea label={t('label')} help={t('help')} isCode rows={10} value={text} onChange={setText} />
      {paste === undefined ? null : <Understood paste={paste} />}
    </Dialog>
  );
}

function Understood({ paste }: { paste: Paste }) {
  const t = useTranslations('editor.paste');
  const json = useTranslations('template.fault');
  if (!paste.ok) {
    const { code, params, json: fault } = paste.failure;
    return (
      <Notice tone="danger" role="alert" title={t(`fault.${code}`, params)}>
        {fault === undefined ? null : (
          <p>
            {json(`json.${fault.code}`, { found: fault.found ?? '' })}{' '}
            {json('at', { line: fault.at.line, column: fault.at.column })}
          </p>
        )}
      </Notice>
    );
  }
  const { form, notes, roleArn, templateName, templateBody } = paste.value;
  return (
    <div role="status" className="flex flex-col gap-1 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        {t('understood', { form: t(`form.${form}`) })}
        {notes.map((note) => (
          <Badge key={note}>{t(`note.${note}`)}</Badge>
        ))}
      </p>
      {templateName === undefined ? null : <p>{t('named', { name: templateName })}</p>}
      {roleArn === undefined ? null : <p className="wrap-anywhere">{t('role', { arn: roleArn })}</p>}
      {templateBody === undefined ? <p className="text-warning">{t('noBody')}</p> : null}
    </div>
  );
}
