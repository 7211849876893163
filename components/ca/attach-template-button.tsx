'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { AttachTemplateDialog } from './attach-template-dialog';
import type { CaActionsProps } from './ca-actions-props';

/** Opens the dialog that attaches or replaces the template, from where the template is shown. */
export function AttachTemplateButton(props: CaActionsProps) {
  const t = useTranslations('ca.action');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>
        {t(props.registrationConfig === undefined ? 'attach' : 'replace')}
      </Button>
      <AttachTemplateDialog {...props} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
