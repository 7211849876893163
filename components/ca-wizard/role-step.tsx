'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Disclosure } from '@/components/ui/disclosure';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import {
  PROVISIONING_TRUST_POLICY,
  THINGS_REGISTRATION_POLICY_DOCUMENT,
} from '@/lib/provisioning/provisioning-role';
import { roleNameOf, THINGS_REGISTRATION_POLICY_ARN } from '@/lib/registry/iam-role';
import { managedPolicyArnIn } from './place';
import { prettyJson } from './pretty-json';
import { RoleFactsPanel } from './role-facts-panel';
import { ACCOUNT_PLACEHOLDER, roleArnOf } from './template-choice';
import { filledIn } from './template-text';
import { useFieldErrors } from './use-fault-sentence';
import { useWizard } from './wizard-context';

/** The role under which AWS IoT makes things and policies. */
export function RoleStep() {
  const t = useTranslations('wizard.role');
  const { draft, change, place } = useWizard();
  const { role } = draft;
  const roleArn = roleArnOf(role, place);
  return (
    <>
      <RadioCards
        label={t('choice')}
        columns={3}
        value={role.choice}
        onChange={(choice) => change({ kind: 'role-changed', role: { choice } })}
        options={[
          { value: 'new', label: t('new'), description: t('newHelp') },
          { value: 'existing', label: t('existing'), description: t('existingHelp') },
          { value: 'typed', label: t('typed'), description: t('typedHelp') },
        ]}
      />
      {role.choice === 'new' ? <NewRole /> : null}
      {role.choice === 'existing' ? <ExistingRole /> : null}
      {role.choice === 'typed' ? <TypedRole /> : null}
      {role.choice !== 'new' && roleArn !== undefined && roleNameOf(roleArn) !== undefined ? (
        <RoleFactsPanel key={roleArn} roleArn={roleArn} />
      ) : null}
    </>
  );
}

function NewRole() {
  const t = useTranslations('wizard.role');
  const { draft, change, place, roles } = useWizard();
  const errorsOf = useFieldErrors();
  const { newName } = draft.role;
  const namesake = roles?.ok ? roles.value.items.find(({ name }) => name === newName) : undefined;
  return (
    <>
      <div data-field="newName" className="max-w-md">
        <TextField
          label={t('name')}
          constraint={t('nameRule')}
          isMonospace
          value={newName}
          onChange={(name) => change({ kind: 'role-changed', role: { newName: name } })}
          errors={errorsOf('newName')}
          autoComplete="off"
        />
      </div>
      {namesake === undefined ? null : (
        <Notice tone={namesake.trustsIot ? 'info' : 'warning'} title={t('namesake', { name: newName })}>
          <p>{t(namesake.trustsIot ? 'namesakeTrusts' : 'namesakeDoesNot')}</p>
        </Notice>
      )}
      <Disclosure summary={t('trustPolicy')} isInitiallyOpen>
        <CodeBlock label={t('trustPolicy')} code={prettyJson(PROVISIONING_TRUST_POLICY)} />
      </Disclosure>
      <Disclosure summary={t('managedPolicy')}>
        <p className="mb-2 font-mono text-xs wrap-anywhere">
          {managedPolicyArnIn(place, THINGS_REGISTRATION_POLICY_ARN)}
        </p>
        <CodeBlock label={t('managedPolicy')} code={prettyJson(THINGS_REGISTRATION_POLICY_DOCUMENT)} />
      </Disclosure>
    </>
  );
}

function ExistingRole() {
  const t = useTranslations('wizard.role');
  const { draft, change, roles } = useWizard();
  const errorsOf = useFieldErrors();
  if (roles === undefined) return <p role="status">{t('reading')}</p>;
  if (!roles.ok) {
    return (
      <div data-field="existingRole" tabIndex={-1} className="flex flex-col gap-2 outline-none">
        <FailureNotice failure={roles.failure} />
        <p className="text-sm">{t('unseen')}</p>
      </div>
    );
  }
  if (roles.value.items.length === 0) {
    return (
      <div data-field="existingRole" tabIndex={-1} className="outline-none">
        <Notice tone="info" title={t('noRoles')} />
      </div>
    );
  }
  return (
    <div data-field="existingRole" className="max-w-md">
      <Select
        label={t('role')}
        help={roles.value.isWhole ? undefined : t('notWhole')}
        placeholder={t('rolePlaceholder')}
        value={draft.role.existingArn ?? null}
        onChange={(arn) => change({ kind: 'role-changed', role: { existingArn: arn } })}
        errors={errorsOf('existingRole')}
        options={roles.value.items.map(({ name, arn, trustsIot }) => ({
          value: arn,
          label: name,
          description: t(trustsIot ? 'trustsIot' : 'doesNotTrust'),
        }))}
      />
    </div>
  );
}

function TypedRole() {
  const t = useTranslations('wizard.role');
  const { draft, change, place } = useWizard();
  const errorsOf = useFieldErrors();
  const { typedArn } = draft.role;
  const setArn = (arn: string) => change({ kind: 'role-changed', role: { typedArn: arn } });
  return (
    <>
      <div data-field="typedArn">
        <TextField
          label={t('arn')}
          constraint={t('arnRule', { account: place.accountId })}
          isMonospace
          value={typedArn}
          onChange={setArn}
          errors={errorsOf('typedArn')}
          autoComplete="off"
        />
      </div>
      {typedArn.includes(ACCOUNT_PLACEHOLDER) ? (
        <div>
          <Button onPress={() => setArn(filledIn(typedArn, { account: place.accountId }))}>
            {t('fill', { account: place.accountId })}
          </Button>
        </div>
      ) : null}
    </>
  );
}
