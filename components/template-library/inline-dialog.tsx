'use client';

import { useTranslations } from 'use-intl';
import { PlanDialog } from '@/components/registry/plan-dialog';
import { useActed } from '@/components/registry/use-acted';
import type { ProvisioningTemplateDetail } from '@/lib/registry/provisioning-template';
import type { ConvertedCa } from './convert-ca-template';
import type { SwitchCaTemplate } from './template-ports';

type InlineDialogProps = ConvertedCa & {
  template: ProvisioningTemplateDetail;
  switchTemplate: SwitchCaTemplate;
  isOpen: boolean;
  onClose: () => void;
};

/** Puts the text in force and the role of the named template on the CA itself; the template stays. */
export function InlineDialog({ isOpen, onClose, template, switchTemplate, ...ca }: InlineDialogProps) {
  const { environment, cliTarget, caId, caName } = ca;
  const t = useTranslations('templates.convert');
  const acted = useActed();
  const { name: templateName, templateBody, roleArn, defaultVersionId, isEnabled } = template;
  const to = { kind: 'inline', templateBody, roleArn } as const;
  return (
    <PlanDialog
      title={t('inline.title', { ca: caName })}
      isOpen={isOpen}
      onClose={onClose}
      onDone={() => acted(t('inline.done', { ca: caName }))}
      steps={[
        {
          label: t('inline.step'),
          change: { kind: 'update-ca-certificate', caId, registrationConfig: to },
          run: () => switchTemplate({ environment, caId, from: { kind: 'named', templateName }, to }),
        },
      ]}
      consequences={[
        t('inline.copy', { name: templateName, version: defaultVersionId }),
        t('inline.apart', { name: templateName }),
        isEnabled ? t('sameForDevices') : t('inline.wasDisabled'),
      ]}
      confirmLabel={t('toInline')}
      isDangerous={!isEnabled}
      cliTarget={cliTarget}
    />
  );
}
