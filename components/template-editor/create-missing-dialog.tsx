'use client';

import { useTranslations } from 'use-intl';
import { PlanDialog } from '@/components/registry/plan-dialog';
import type { RegistryAction } from '@/components/registry/registry-action';
import { CodeBlock } from '@/components/ui/code-block';
import { layOutJson } from '@/lib/policy/json-layout';
import { fail } from '@/lib/result';
import type { EditorPlace } from './editor-port';
import { creationOf, type MissingKind, type MissingName } from './missing-name';
import { startingDocument } from './start-text';

/** What makes a name that is missing; a kind that the operator may not make is left out. */
export type Creations = {
  createNamed?: RegistryAction<{ kind: Exclude<MissingKind, 'policy'>; name: string }> | undefined;
  createPolicy?: RegistryAction<{ name: string; document: string }> | undefined;
};

type CreateMissingDialogProps = Creations & {
  missing: MissingName;
  place: EditorPlace;
  onClose: () => void;
  onDone: () => void;
};

/** Makes what the template names and AWS does not have; says first what is made. */
export function CreateMissingDialog({
  missing,
  place,
  createNamed,
  createPolicy,
  onClose,
  onDone,
}: CreateMissingDialogProps) {
  const t = useTranslations('editor.create');
  const { kind, name } = missing;
  const document = startingDocument(place);
  const environment = place.environmentId;
  const forbidden = fail({ kind: 'forbidden' as const, permission: 'registry:create' });
  const run = async () => {
    if (kind === 'policy') return createPolicy?.({ environment, name, document }) ?? forbidden;
    return createNamed?.({ environment, kind, name }) ?? forbidden;
  };
  return (
    <PlanDialog
      title={t(`title.${kind}`, { name })}
      isOpen
      onClose={onClose}
      onDone={onDone}
      steps={[{ label: t(`title.${kind}`, { name }), change: creationOf(missing, document), run }]}
      consequences={
        kind === 'policy'
          ? [t('policyHelp'), <CodeBlock key="document" label={t('document')} code={layOutJson(document)} />]
          : [t(`help.${kind}`)]
      }
      confirmLabel={t('confirm')}
      isDangerous={false}
      cliTarget={place.cliTarget}
    />
  );
}
