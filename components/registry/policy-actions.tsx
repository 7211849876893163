'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { PolicyVersion } from '@/lib/registry/iot-policy';
import type { Principal } from '@/lib/registry/principal';
import { PlanDialog } from './plan-dialog';
import type { PlanStep } from './plan-step';
import { policiesHref } from './policies-query';
import type { RegistryAction } from './registry-action';
import { useActed } from './use-acted';

type PolicyActionsProps = {
  environment: string;
  cliTarget: CliTarget;
  policyName: string;
  targets: readonly Principal[];
  /** More targets are attached than `targets` holds. */
  isPartial: boolean;
  versions: readonly PolicyVersion[];
  detachTarget: RegistryAction<{ policyName: string; targetArn: string }>;
  deletePolicyVersion: RegistryAction<{ policyName: string; versionId: string }>;
  deletePolicy: RegistryAction<{ policyName: string }>;
};

/** Deletes a policy: it is detached everywhere and its other versions are deleted first. */
export function PolicyActions(props: PolicyActionsProps) {
  const { environment, cliTarget, policyName, targets, isPartial } = props;
  const t = useTranslations('registry');
  const acted = useActed();
  const [isOpen, setOpen] = useState(false);

  const steps: PlanStep[] = [
    ...targets.map((target) => ({
      label: t('plan.detachTarget', { target: shortenMiddle(nameOf(target)) }),
      change: { kind: 'detach-policy', policyName, targetArn: target.arn } as const,
      run: () => props.detachTarget({ environment, policyName, targetArn: target.arn }),
    })),
    ...props.versions
      .filter(({ isDefault }) => !isDefault)
      .map(({ versionId }) => ({
        label: t('plan.deleteVersion', { version: versionId }),
        change: { kind: 'delete-policy-version', policyName, versionId } as const,
        run: () => props.deletePolicyVersion({ environment, policyName, versionId }),
      })),
    {
      label: t('plan.deletePolicy'),
      change: { kind: 'delete-policy', policyName },
      run: () => props.deletePolicy({ environment, policyName }),
    },
  ];

  return (
    <>
      <Button onPress={() => setOpen(true)} icon={<Trash2 aria-hidden />}>
        {t('policy.delete')}
      </Button>
      <PlanDialog
        title={t('policy.deleteTitle', { name: policyName })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onDone={() => acted(t('policy.deleted', { name: policyName }), policiesHref(environment, {}))}
        steps={steps}
        consequences={[
          t('policy.deleteFollowsTargets', { count: targets.length }),
          t('policy.deleteFollows'),
          ...(targets.length === 0 ? [] : [t('policy.deleteSlow')]),
        ]}
        nameToType={policyName}
        confirmLabel={t('policy.delete')}
        cliTarget={cliTarget}
        warning={isPartial ? t('plan.partial') : undefined}
      />
    </>
  );
}

function nameOf(target: Principal): string {
  if (target.kind === 'certificate') return target.certificateId;
  return target.kind === 'thing-group' ? target.groupName : target.arn;
}
