'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { NamedTemplateNotice } from '@/components/template/named-template-notice';
import { OwnTemplateText } from '@/components/template/own-template-text';
import { StarterChoice } from '@/components/template/starter-choice';
import { RadioCards } from '@/components/ui/radio-cards';
import { TextField } from '@/components/ui/text-field';
import { isPolicyName } from '@/lib/registry/iot-policy';
import type { ReadDraft, TemplateDraft } from './template-draft';

type TemplateSourceFormProps = {
  draft: TemplateDraft;
  read: ReadDraft;
  place: { accountId: string; region: string };
  onChange: (change: Partial<TemplateDraft>) => void;
  /** The choice among the templates that AWS keeps by name. */
  named: ReactNode;
};

/** Where the template comes from: a starter, the person's own in whatever form it is, or one that AWS keeps by name. */
export function TemplateSourceForm({ draft, read, place, onChange, named }: TemplateSourceFormProps) {
  const t = useTranslations('template.source');
  const library = useTranslations('templates.attach');
  const { fault, understood, config } = read;
  return (
    <>
      <RadioCards
        label={t('label')}
        columns={3}
        value={draft.source}
        onChange={(source) => onChange({ source })}
        options={[
          { value: 'starter', label: t('starter'), description: t('starterHelp') },
          { value: 'own', label: t('own'), description: t('ownHelp') },
          { value: 'named', label: library('source'), description: library('sourceHelp') },
        ]}
      />
      {draft.source === 'starter' ? <Starters draft={draft} onChange={onChange} /> : null}
      {draft.source === 'named' ? named : null}
      {draft.source === 'own' ? (
        <OwnTemplateText
          value={draft.text}
          onChange={(text) => onChange({ text })}
          place={place}
          fault={fault}
          understood={understood}
        />
      ) : null}
      {draft.source === 'own' && config?.kind === 'named' ? (
        <NamedTemplateNotice name={config.templateName} />
      ) : null}
    </>
  );
}

function Starters({ draft, onChange }: Pick<TemplateSourceFormProps, 'draft' | 'onChange'>) {
  const t = useTranslations('ca.attach');
  const { policyName } = draft;
  return (
    <>
      <StarterChoice value={draft.starter} onChange={(starter) => onChange({ starter })} />
      {draft.starter === 'predefined-policy' ? (
        <TextField
          label={t('policyName')}
          help={t('policyHelp')}
          isMonospace
          value={policyName}
          onChange={(name) => onChange({ policyName: name.trim() })}
          errors={policyName === '' || isPolicyName(policyName) ? [] : [t('policyRule')]}
          autoComplete="off"
        />
      ) : null}
    </>
  );
}
