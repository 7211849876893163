'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { Principal } from '@/lib/registry/principal';
import { PlanDialog } from './plan-dialog';
import type { PlanStep } from './plan-step';
import type { RegistryAction } from './registry-action';
import { thingsHref } from './things-query';
import { useActed } from './use-acted';

type ThingActionsProps = {
  environment: string;
  cliTarget: CliTarget;
  thingName: string;
  principals: readonly Principal[];
  /** More principals are attached than `principals` holds. */
  isPartial: boolean;
  detachPrincipal: RegistryAction<{ thingName: string; principalArn: string }>;
  deleteThing: RegistryAction<{ thingName: string }>;
};

/** Deletes a thing: its principals are detached first. */
export function ThingActions({
  environment,
  cliTarget,
  thingName,
  principals,
  isPartial,
  detachPrincipal,
  deleteThing,
}: ThingActionsProps) {
  const t = useTranslations('registry');
  const acted = useActed();
  const [isOpen, setOpen] = useState(false);

  const steps: PlanStep[] = [
    ...principals.map((principal) => ({
      label: t('plan.detachCertificate', { id: shortenMiddle(nameOf(principal)) }),
      change: { kind: 'detach-thing-principal', thingName, principalArn: principal.arn } as const,
      run: () => detachPrincipal({ environment, thingName, principalArn: principal.arn }),
    })),
    {
      label: t('plan.deleteThing'),
      change: { kind: 'delete-thing', thingName },
      run: () => deleteThing({ environment, thingName }),
    },
  ];

  return (
    <>
      <Button onPress={() => setOpen(true)} icon={<Trash2 aria-hidden />}>
        {t('thing.delete')}
      </Button>
      <PlanDialog
        title={t('thing.deleteTitle', { name: thingName })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onDone={() => acted(t('thing.deleted', { name: thingName }), thingsHref(environment, {}))}
        steps={steps}
        milder={principals.length === 0 ? undefined : t('thing.deleteMilder')}
        consequences={[
          t('thing.deleteFollowsCertificates', { count: principals.length }),
          t('thing.deleteFollowsConnect'),
          t('thing.deleteFollows'),
        ]}
        nameToType={thingName}
        confirmLabel={t('thing.delete')}
        cliTarget={cliTarget}
        warning={isPartial ? t('plan.partial') : undefined}
      />
    </>
  );
}

const nameOf = (principal: Principal): string =>
  principal.kind === 'certificate' ? principal.certificateId : principal.arn;
