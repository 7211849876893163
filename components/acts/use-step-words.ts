'use client';

import { useTranslations } from 'use-intl';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import type { Act, ActStep } from '@/lib/registry/act';
import { parsePrincipal } from '@/lib/registry/principal';

/** A step as a line of the plan; what is detached is named by the other end than the one that is acted on. */
export function useStepWords(act: Act): (step: ActStep) => string {
  const t = useTranslations('acts.step');
  return (step) => {
    switch (step.kind) {
      case 'update-certificate':
        return t(`status.${step.status}`);
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
