'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { PlanDialog } from '@/components/registry/plan-dialog';
import { useActed } from '@/components/registry/use-acted';
import { TextField } from '@/components/ui/text-field';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import { isTemplateName, TEMPLATE_NAME_CHARACTERS_MAX } from '@/lib/registry/provisioning-template';
import type { ConvertedCa } from './convert-ca-template';
import type { CreateTemplate, SwitchCaTemplate } from './template-ports';

type NamedDialogProps = ConvertedCa & {
  config: RegistrationConfig & { kind: 'inline' };
  createTemplate: CreateTemplate;
  switchTemplate: SwitchCaTemplate;
  isOpen: boolean;
  onClose: () => void;
};

/**
 * Makes a named template of the CA's own text and role, then lets the CA name it. The CA keeps its text until the second step; a
 * repetition after a failure between the two finds the template that is there.
 */
export function NamedDialog({
  isOpen,
  onClose,
  config,
  createTemplate,
  switchTemplate,
  ...ca
}: NamedDialogProps) {
  const { environment, cliTarget, caId, caName } = ca;
  const t = useTranslations('templates.convert');
  const acted = useActed();
  const [typed, setTyped] = useState(() => nameFor(caName));
  const isUsable = isTemplateName(typed);
  const templateName = isUsable ? typed : nameFor(caName);
  const { templateBody, roleArn } = config;
  const template = { templateName, description: '', templateBody, roleArn, isEnabled: true };
  const to = { kind: 'named', templateName } as const;
  return (
    <PlanDialog
      title={t('named.title', { ca: caName })}
      isOpen={isOpen}
      onClose={onClose}
      onDone={() => acted(t('named.done', { ca: caName, name: templateName }))}
      steps={[
        {
          label: t('named.create', { name: templateName }),
          change: { kind: 'create-provisioning-template', ...template },
          run: () => createTemplate({ environment, ...template }),
        },
        {
          label: t('named.switch', { name: templateName }),
          change: { kind: 'update-ca-certificate', caId, registrationConfig: to },
          run: () => switchTemplate({ environment, caId, from: config, to }),
        },
      ]}
      consequences={[t('named.never'), t('named.versions'), t('sameForDevices')]}
      confirmLabel={t('toNamed')}
      isDangerous={false}
      isBlocked={!isUsable}
      cliTarget={cliTarget}
    >
      <TextField
        label={t('named.name')}
        constraint={t('named.nameRule')}
        isMonospace
        value={typed}
        onChange={(text) => setTyped(text.trim())}
        errors={isUsable ? [] : [t('named.nameRule')]}
        autoComplete="off"
      />
    </PlanDialog>
  );
}

/** The CA's name in the letters that a template's name may have. */
function nameFor(caName: string): string {
  const name = caName
    .replace(/[^0-9A-Za-z_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, TEMPLATE_NAME_CHARACTERS_MAX);
  return name === '' ? 'template' : name;
}
