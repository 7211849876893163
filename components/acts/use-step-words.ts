'use client';

import { useTranslations } from 'use-intl';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import type { Act, ActStep, RegistrationStep } from '@/lib/registry/act';
import { parsePrincipal } from '@/lib/registry/principal';

/** A step as a line of the plan; what is detached is named by the other end than the one that is acted on. */
export function useStepWords(act: Act): (step: ActStep | RegistrationStep) => string {
  const t = useTranslations('acts.step');
  return (step) => {
    switch (step.kind) {
      case 'update-certificate':
        return t(`status.${step.status}`);
      case 'register-certificate':
      case 'register-certificate-without-ca':
        return t('registerCertificate');
      case 'create-policy':
        return t('createPolicy', { name: step.policyName });
      case 'attach-policy':
        return t('attachPolicy', { name: step.policyName });
      case 'create-thing':
        return t('createThing', {
          name: step.thingName,
          attributes: Object.entries(step.attributes)
            .map(([name, value]) => `${name}=${value}`)
            .join(', '),
          count: Object.keys(step.attributes).length,
        });
      case 'add-thing-to-thing-group':
        return t('addToGroup', { name: step.thingName, group: step.groupName });
      case 'attach-thing-principal':
        return t('attachThing', { name: step.thingName });
      case 'detach-policy':
        return t('detachPolicy', { name: step.policyName });
      case 'detach-thing-principal':
        return act === 'delete-thing'
          ? t('detachPrincipal', { id: shortenMiddle(nameOf(step.principalArn)) })
          : t('detachThing', { name: step.thingName });
      case 'delete-certificate':
        return t('deleteCertificate');
      case 'delete-thing':
        return t('deleteThing', { name: step.thingName });
    }
  };
}

function nameOf(arn: string): string {
  const principal = parsePrincipal(arn);
  return principal.kind === 'certificate' ? principal.certificateId : arn;
}
