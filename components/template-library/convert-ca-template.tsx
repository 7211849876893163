'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { ProvisioningTemplateDetail } from '@/lib/registry/provisioning-template';
import { InlineDialog } from './inline-dialog';
import { NamedDialog } from './named-dialog';
import type { CreateTemplate, SwitchCaTemplate } from './template-ports';

export type ConvertedCa = {
  environment: string;
  cliTarget: CliTarget;
  caId: string;
  caName: string;
};

type ConvertCaTemplateProps = ConvertedCa & {
  config: RegistrationConfig;
  /** What the CA names; undefined where it names nothing, or it could not be read. */
  template: ProvisioningTemplateDetail | undefined;
  createTemplate: CreateTemplate;
  switchTemplate: SwitchCaTemplate;
};

/** Gives the CA the same template the other way: under a name of its own, or as a text of its own. */
export function ConvertCaTemplate({ config, template, createTemplate, ...ca }: ConvertCaTemplateProps) {
  const t = useTranslations('templates.convert');
  const [isOpen, setOpen] = useState(false);
  const dialog = { ...ca, isOpen, onClose: () => setOpen(false) };
  if (config.kind === 'inline') {
    return (
      <>
        <Button onPress={() => setOpen(true)}>{t('toNamed')}</Button>
        <NamedDialog {...dialog} config={config} createTemplate={createTemplate} />
      </>
    );
  }
  if (template === undefined || template.type !== 'JITP') return null;
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('toInline')}</Button>
      <InlineDialog {...dialog} template={template} />
    </>
  );
}
