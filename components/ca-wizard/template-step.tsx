'use client';

import { useTranslations } from 'use-intl';
import { NamedTemplateNotice } from '@/components/template/named-template-notice';
import { StarterChoice } from '@/components/template/starter-choice';
import { TemplateFindings } from '@/components/template/template-findings';
import { TemplateSummaryCard } from '@/components/template/template-summary-card';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import type { Template } from '@/lib/provisioning/template';
import { OwnTemplateForm } from './own-template-form';
import { PolicyChoice } from './policy-choice';
import { chooseTemplate, namedPolicies } from './template-choice';
import { useWizard } from './wizard-context';

/** What AWS makes of a device at its first connection. */
export function TemplateStep() {
  const t = useTranslations('wizard.template');
  const source = useTranslations('template.source');
  const { draft, change, place, policyNames } = useWizard();
  const { template } = draft;
  const chosen = chooseTemplate(template, place);
  return (
    <>
      <RadioCards
        label={source('label')}
        columns={3}
        value={template.choice}
        onChange={(choice) => change({ kind: 'template-changed', template: { choice } })}
        options={[
          { value: 'starter', label: source('starter'), description: source('starterHelp') },
          { value: 'own', label: source('own'), description: source('ownHelp') },
          { value: 'none', label: t('none'), description: t('noneHelp') },
        ]}
      />
      {template.choice === 'starter' ? (
        <StarterChoice
          value={template.starter}
          onChange={(starter) => change({ kind: 'template-changed', template: { starter } })}
        />
      ) : null}
      {template.choice === 'starter' && template.starter === 'predefined-policy' ? <PolicyChoice /> : null}
      {template.choice === 'own' ? <OwnTemplateForm chosen={chosen} /> : null}
      {template.choice === 'none' ? (
        <Notice tone="info" title={t('jitr')}>
          <p>{t('jitrHelp')}</p>
        </Notice>
      ) : null}
      {chosen.ok && chosen.value.kind === 'inline' ? (
        <>
          <TemplateFindings check={chosen.value.check} />
          {template.choice === 'own' ? absentPolicies(chosen.value.template).map(toNotice) : null}
          {chosen.value.template === undefined ? null : (
            <TemplateSummaryCard template={chosen.value.template} templateBody={chosen.value.templateBody} />
          )}
        </>
      ) : null}
      {chosen.ok && chosen.value.kind === 'named' ? (
        <NamedTemplateNotice name={chosen.value.templateName} />
      ) : null}
    </>
  );

  /** None while the list is not there, or not whole. */
  function absentPolicies(own: Template | undefined): string[] {
    if (own === undefined || !policyNames?.ok || !policyNames.value.isWhole) return [];
    const { items } = policyNames.value;
    return namedPolicies(own).filter((name) => !items.includes(name));
  }

  function toNotice(name: string) {
    return (
      <Notice key={name} tone="warning" title={t('policyAbsent', { name })}>
        <p>{t('policyAbsentHelp')}</p>
      </Notice>
    );
  }
}
