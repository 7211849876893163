'use client';

import { useTranslations } from 'use-intl';
import { PlanDialog } from '@/components/registry/plan-dialog';
import { useActed } from '@/components/registry/use-acted';
import { BlastRadius } from './blast-radius';
import type { CaDialogProps } from './ca-dialog-props';
import { casHref } from './cas-query';
import { useHitSentences } from './use-hit-sentences';
import { useRegisteredSentence } from './use-registered-sentence';

/** Deletes an inactive CA from AWS. */
export function CaDeletion({ isOpen, onClose, ...ca }: CaDialogProps) {
  const { environment, caId, name } = ca;
  const t = useTranslations('ca');
  const acted = useActed();
  const registered = useRegisteredSentence(ca.registered);
  const hit = useHitSentences(ca.impact);
  return (
    <PlanDialog
      title={t('delete.title', { name })}
      isOpen={isOpen}
      onClose={onClose}
      onDone={() => acted(t('delete.done', { name }), casHref(environment, {}))}
      steps={[
        {
          label: t('action.delete'),
          change: { kind: 'delete-ca-certificate', caId },
          run: () => ca.deleteCa({ environment, caId }),
        },
      ]}
      milder={t('delete.milder')}
      consequences={[...hit, t('delete.gone'), registered, t('delete.undocumented'), t('delete.again')]}
      nameToType={name}
      confirmLabel={t('action.delete')}
      cliTarget={ca.cliTarget}
    >
      <BlastRadius impact={ca.impact} />
    </PlanDialog>
  );
}
