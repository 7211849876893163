'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextArea } from '@/components/ui/text-area';
import { ACT_SUBJECTS_MAX } from '@/lib/registry/act';
import { readPastedIds } from '@/lib/registry/pasted-ids';

type PasteDialogProps = { isOpen: boolean; onClose: () => void; onPick: (ids: readonly string[]) => void };

/** A list of ids from elsewhere becomes a selection; what is no id is said, not guessed. */
export function PasteDialog({ isOpen, onClose, onPick }: PasteDialogProps) {
  const t = useTranslations('acts.paste');
  const ui = useTranslations('ui');
  const [text, setText] = useState('');
  const { ids, unreadCount, firstUnread = '' } = readPastedIds(text);
  const isTooMany = ids.length > ACT_SUBJECTS_MAX;

  function pick() {
    onPick(ids);
    setText('');
    onClose();
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
          <Button variant="primary" onPress={pick} isDisabled={ids.length === 0 || isTooMany}>
            {t('pick', { count: ids.length })}
          </Button>
        </>
      }
    >
      <TextArea
        label={t('label')}
        help={t('help')}
        rows={10}
        isCode
        autoFocus
        value={text}
        onChange={setText}
        errors={isTooMany ? [t('tooMany', { count: ids.length, max: ACT_SUBJECTS_MAX })] : []}
      />
      <p role="status" className="tabular-nums">
        {text.trim() === '' ? '' : t('found', { count: ids.length })}
        {unreadCount === 0 ? null : (
          <span className="ml-2 text-warning">
            {t('unread', { count: unreadCount, first: firstUnread.slice(0, 80) })}
          </span>
        )}
      </p>
    </Dialog>
  );
}
