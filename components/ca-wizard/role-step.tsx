'use client';

import { useTranslations } from 'use-intl';
import { RoleArnField } from '@/components/template/role-arn-field';
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
import { prettyJson } from '@/lib/registry/pretty-json';
import { managedPolicyArnIn } from './place';
import { RoleFactsPanel } from './role-facts-panel';
import { roleArnOf } from './template-choice';
import { useFieldErrors } from './use-fault-sentence';
import { useWizard } from './wizard-context';

/** The role under which AWS IoT makes things and policies. */
export function RoleStep() {
  const t = useTranslations('wizard.role');
  const shared = useTranslations('template.role');
  const { draft, change, place } = useWizard();
  const { role } = draft;
  const roleArn = roleArnOf(role, place);
  return (
    <>
      <RadioCards
        label={shared('choice')}
        columns={3}
        value={role.choice}
        onChange={(choice) => change({ kind: 'role-changed', role: { choice } })}
        options={[
          { value: 'new', label: t('new'), description: t('newHelp') },
          { value: 'existing', label: shared('existing'), description: t('existingHelp') },
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
  const shared = useTranslations('template.role');
  const { draft, change, roles } = useWizard();
  const errorsOf = useFieldErrors();
  if (roles === undefined) return <p role="status">{shared('reading')}</p>;
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
        placeholder={shared('placeholder')}
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
  const { draft, change, place } = useWizard();
  const errorsOf = useFieldErrors();
  return (
    <div data-field="typedArn">
      <RoleArnField
        accountId={place.accountId}
        value={draft.role.typedArn}
        onChange={(arn) => change({ kind: 'role-changed', role: { typedArn: arn } })}
        errors={errorsOf('typedArn')}
      />
    </div>
  );
}
