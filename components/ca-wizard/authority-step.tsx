'use client';

import { useTranslations } from 'use-intl';
import { RadioCards } from '@/components/ui/radio-cards';
import { BringCaForm } from './bring-ca-form';
import { CreateCaForm } from './create-ca-form';
import { useWizard } from './wizard-context';

/** Where the CA comes from: made here, or brought. */
export function AuthorityStep() {
  const t = useTranslations('wizard.authority');
  const { draft, change } = useWizard();
  return (
    <>
      <RadioCards
        label={t('road')}
        columns={2}
        value={draft.road}
        onChange={(road) => change({ kind: 'road-chosen', road })}
        options={[
          { value: 'create', label: t('create'), description: t('createHelp') },
          { value: 'bring', label: t('bring'), description: t('bringHelp') },
        ]}
      />
      {draft.road === 'create' ? <CreateCaForm /> : <BringCaForm />}
    </>
  );
}
