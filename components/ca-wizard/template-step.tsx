'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { LAB_ONLY_STARTERS, STARTER_KINDS, type StarterKind } from '@/lib/provisioning/starters';
import type { Template } from '@/lib/provisioning/template';
import { OwnTemplateForm } from './own-template-form';
import { PolicyChoice } from './policy-choice';
import { chooseTemplate, namedPolicies } from './template-choice';
import { TemplateFindings } from './template-findings';
import { TemplateSummaryCard } from './template-summary-card';
import { useWizard } from './wizard-context';

/** What AWS makes of a device at its first connection. */
export function TemplateStep() {
  const t = useTranslations('wizard.template');
  const { draft, change, place, policyNames } = useWizard();
  const { template } = draft;
  const chosen = chooseTemplate(template, place);
  return (
    <>
      <RadioCards
        label={t('choice')}
        columns={3}
        value={template.choice}
        onChange={(choice) => change({ kind: 'template-changed', template: { choice } })}
        options={[
          { value: 'starter', label: t('starter'), description: t('starterHelp') },
          { value: 'own', label: t('own'), description: t('ownHelp') },
          { value: 'none', label: t('none'), description: t('noneHelp') },
        ]}
      />
      {template.choice === 'starter' ? (
        <RadioCards
          label={t('starters')}
          value={template.starter}
          onChange={(starter) => change({ kind: 'template-changed', template: { starter } })}
          options={STARTER_KINDS.map((starter) => ({
            value: starter,
            label: t(`starterName.${starter}`),
            description: t(`starterWhat.${starter}`),
            badge: <StarterBadge starter={starter} />,
          }))}
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
        <Notice tone="info" title={t('named', { name: chosen.value.templateName })}>
          <p>{t('namedHelp')}</p>
        </Notice>
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

function StarterBadge({ starter }: { starter: StarterKind }) {
  const t = useTranslations('wizard.template');
  if (LAB_ONLY_STARTERS.includes(starter)) return <Badge tone="warning">{t('labOnly')}</Badge>;
  return starter === 'scoped' ? <Badge tone="positive">{t('recommended')}</Badge> : null;
}
