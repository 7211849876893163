'use client';

import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { ImportTemplateDialog } from './import-template-dialog';
import { SaveTemplateDialog, type TemplateDraftToSave } from './save-template-dialog';
import type { TemplatePlace, TemplateSaving } from './template-ports';

/** Takes a template out of a file or a pasted text, and saves it under a name. */
export function ImportTemplateButton(port: TemplatePlace & TemplateSaving) {
  const t = useTranslations('templates.import');
  const [isOpen, setOpen] = useState(false);
  const [draft, setDraft] = useState<TemplateDraftToSave | undefined>(undefined);
  return (
    <>
      <Button onPress={() => setOpen(true)} icon={<FileUp aria-hidden />}>
        {t('open')}
      </Button>
      <ImportTemplateDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onTaken={(taken) => {
          setOpen(false);
          setDraft(taken);
        }}
      />
      {draft === undefined ? null : (
        <SaveTemplateDialog {...port} draft={draft} isOpen onClose={() => setDraft(undefined)} />
      )}
    </>
  );
}
