'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CertificateActionsProps } from './certificate-actions-props';
import { certificatesHref } from './certificates-query';
import { PlanDialog } from './plan-dialog';
import type { PlanStep } from './plan-step';
import { useActed } from './use-acted';

type CertificateDeletionProps = CertificateActionsProps & {
  isOpen: boolean;
  onClose: () => void;
  milder: ReactNode;
};

/** Deletes a certificate in AWS's order: deactivate, detach things, detach policies, delete. */
export function CertificateDeletion({ isOpen, onClose, milder, ...props }: CertificateDeletionProps) {
  const { environment, cliTarget, certificateId, certificateArn, status, thingNames, policyNames } = props;
  const t = useTranslations('registry');
  const acted = useActed();
  const isActive = status === 'ACTIVE';

  const steps: PlanStep[] = [
    ...(isActive
      ? [
          {
            label: t('plan.deactivate'),
            change: { kind: 'update-certificate', certificateId, status: 'INACTIVE' } as const,
            run: () => props.setCertificateStatus({ environment, certificateId, status: 'INACTIVE' }),
          },
        ]
      : []),
    ...thingNames.map((thingName) => ({
      label: t('plan.detachThing', { name: thingName }),
      change: { kind: 'detach-thing-principal', thingName, principalArn: certificateArn } as const,
      run: () => props.detachThing({ environment, certificateId, thingName }),
    })),
    ...policyNames.map((policyName) => ({
      label: t('plan.detachPolicy', { name: policyName }),
      change: { kind: 'detach-policy', policyName, targetArn: certificateArn } as const,
      run: () => props.detachPolicy({ environment, certificateId, policyName }),
    })),
    {
      label: t('plan.deleteCertificate'),
      change: { kind: 'delete-certificate', certificateId },
      run: () => props.deleteCertificate({ environment, certificateId }),
    },
  ];

  return (
    <PlanDialog
      title={t('certificate.deleteTitle')}
      isOpen={isOpen}
      onClose={onClose}
      onDone={() => acted(t('certificate.deleted'), certificatesHref(environment, {}))}
      steps={steps}
      milder={milder}
      consequences={[
        ...(isActive ? [t('certificate.deleteFollowsActive')] : []),
        t('certificate.deleteFollowsThings', { count: thingNames.length }),
        t('certificate.deleteFollowsPolicies', { count: policyNames.length }),
        t('certificate.deleteFollows'),
      ]}
      nameToType={props.shortName}
      confirmLabel={t('certificate.delete')}
      cliTarget={cliTarget}
      warning={props.isPartial ? t('plan.partial') : undefined}
    />
  );
}
