'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { Notice } from '@/components/ui/notice';
import { Switch } from '@/components/ui/switch';
import { CaFactsList } from './ca-facts-list';
import { CallList } from './call-list';
import { KeyOpenForm } from './key-open-form';
import { registrationOf } from './registration';
import { planRun } from './run-plan';
import { chooseTemplate, needsRole, roleArnOf } from './template-choice';
import { useFieldErrors } from './use-fault-sentence';
import { useWizard } from './wizard-context';
import { caOf, type StepId } from './wizard-draft';

/** Everything that was decided, and every call that will be made, before anything is. */
export function ReviewStep() {
  const t = useTranslations('wizard.review');
  const { draft, change, place, holdKey, keyHandle } = useWizard();
  const errorsOf = useFieldErrors();
  const ca = caOf(draft);
  const registration = registrationOf(draft, place);
  if (ca === undefined || registration === undefined) {
    return (
      <div data-field="review" tabIndex={-1} className="outline-none">
        <Notice tone="warning" title={t('incomplete')} />
      </div>
    );
  }
  const chosen = chooseTemplate(draft.template, place);
  const hasTemplate = registration.registrationConfig !== undefined;
  return (
    <>
      <Section title={t('authority')} step="authority">
        <CaFactsList facts={ca.facts} issuers={ca.issuers} />
      </Section>
      <Section title={t('registration')} step="mode">
        <KeyValue entries={[{ label: t('mode'), value: t(`modeName.${draft.mode}`), isWide: true }]} />
      </Section>
      <Section title={t('template')} step="template">
        <KeyValue
          entries={[
            { label: t('templateSource'), value: templateSource() },
            ...(registration.newPolicy === undefined
              ? []
              : [{ label: t('newPolicy'), value: registration.newPolicy.name }]),
          ]}
        />
      </Section>
      {needsRole(draft) ? (
        <Section title={t('role')} step="role">
          <KeyValue
            entries={[
              {
                label: t(registration.newRole === undefined ? 'roleArn' : 'newRole'),
                value: <span className="font-mono text-xs">{roleArnOf(draft.role, place)}</span>,
                isWide: true,
              },
            ]}
          />
        </Section>
      ) : null}
      <Card title={t('switches')}>
        <div className="flex flex-col gap-3">
          <Switch
            isSelected={draft.setAsActive}
            onChange={(setAsActive) => change({ kind: 'registration-changed', setAsActive })}
            description={t('setAsActiveHelp')}
          >
            {t('setAsActive')}
          </Switch>
          <Switch
            isSelected={registration.autoRegistration}
            isDisabled={hasTemplate}
            onChange={(autoRegistration) => change({ kind: 'registration-changed', autoRegistration })}
            description={t(hasTemplate ? 'autoRegistrationFixed' : 'autoRegistrationHelp')}
          >
            {t('autoRegistration')}
          </Switch>
        </div>
      </Card>
      {draft.mode === 'DEFAULT' && keyHandle === undefined ? (
        <Card title={t('keyGone')}>
          <p className="mb-3 max-w-prose text-sm text-ink-muted">{t('keyGoneHelp')}</p>
          <KeyOpenForm
            ca={ca}
            label={t('keyFile')}
            errors={errorsOf('keyFile')}
            onOpened={({ handle }) => holdKey(ca.facts.caId, handle)}
          />
        </Card>
      ) : null}
      <Card title={t('calls')} aside={t('callsAside')}>
        <CallList run={planRun(registration)} registration={registration} />
      </Card>
    </>
  );

  function templateSource(): string {
    if (!chosen.ok) return '';
    if (chosen.value.kind === 'none') return t('noTemplate');
    if (chosen.value.kind === 'named') return t('namedTemplate', { name: chosen.value.templateName });
    return draft.template.choice === 'own' ? t('ownTemplate') : t(`starter.${draft.template.starter}`);
  }
}

function Section({ title, step, children }: { title: string; step: StepId; children: ReactNode }) {
  const t = useTranslations('wizard.review');
  const { change } = useWizard();
  return (
    <Card
      title={title}
      actions={
        <Button
          aria-label={t('editOf', { section: title })}
          onPress={() => change({ kind: 'step-entered', step })}
        >
          {t('edit')}
        </Button>
      }
    >
      {children}
    </Card>
  );
}
