'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { RadioCards } from '@/components/ui/radio-cards';
import { download } from '@/lib/browser/download';
import type { ProvisioningTemplateDetail } from '@/lib/registry/provisioning-template';
import { TEMPLATE_FILE_FORMS, type TemplateFileForm, templateFile } from './template-file';

/** Saves the template in force as a file, in the form that the person needs. */
export function SaveFileButton({ template }: { template: ProvisioningTemplateDetail }) {
  const t = useTranslations('templates.file');
  const ui = useTranslations('ui');
  const [isOpen, setOpen] = useState(false);
  const [form, setForm] = useState<TemplateFileForm>('template');
  const file = templateFile(form, template);

  function save() {
    download(file.name, file.text, 'application/json');
    setOpen(false);
  }

  return (
    <>
      <Button onPress={() => setOpen(true)} icon={<Download aria-hidden />}>
        {t('open')}
      </Button>
      <Dialog
        title={t('title', { name: template.name, version: template.defaultVersionId })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        footer={
          <>
            <Button onPress={() => setOpen(false)}>{ui('cancel')}</Button>
            <Button variant="primary" onPress={save}>
              {t('save')}
            </Button>
          </>
        }
      >
        <RadioCards
          label={t('form')}
          value={form}
          onChange={setForm}
          options={TEMPLATE_FILE_FORMS.map((value) => ({
            value,
            label: t(`forms.${value}`),
            description: t(`what.${value}`),
          }))}
        />
        <p className="font-mono text-xs wrap-anywhere text-ink-muted">{file.name}</p>
      </Dialog>
    </>
  );
}
