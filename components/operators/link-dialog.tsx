'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';

type LinkDialogProps = {
  /** Whose password the link sets. */
  name: string;
  link: string;
  hours: number;
  onClose: () => void;
};

/** Shows a one-time link, once: the server keeps only its hash. */
export function LinkDialog({ name, link, hours, onClose }: LinkDialogProps) {
  const t = useTranslations('operators.link');
  return (
    <Dialog
      title={t('title', { name })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      footer={
        <Button variant="primary" onPress={onClose}>
          {t('done')}
        </Button>
      }
    >
      <p>{t('text', { hours })}</p>
      <CodeBlock label={t('label')} code={link} wraps />
    </Dialog>
  );
}
