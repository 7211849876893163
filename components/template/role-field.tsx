'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { FailureNotice } from '@/components/ui/failure-notice';
import { orNoAnswer } from '@/components/ui/no-answer';
import { Select } from '@/components/ui/select';
import type { Failure } from '@/lib/failure';
import { actionsForTemplate } from '@/lib/provisioning/provisioning-role';
import type { Template } from '@/lib/provisioning/template';
import { roleNameOf } from '@/lib/registry/iam-role';
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import type { Result } from '@/lib/result';
import { RoleArnField } from './role-arn-field';
import { RoleFacts } from './role-facts';

export type RoleOption = { name: string; arn: string };

/** How a page lets the field look at roles. */
export type RoleReads = {
  listRoles: (input: { environment: string }) => Promise<Result<RoleOption[], Failure>>;
  checkRole: (input: {
    environment: string;
    roleArn: string;
    neededActions: string[];
  }) => Promise<Result<ProvisioningRoleFacts, Failure>>;
};

type RoleFieldProps = RoleReads & {
  environment: string;
  accountId: string;
  value: string;
  /** The role that will be sent: the typed one, or the one in the pasted config. */
  effective: string | undefined;
  onChange: (arn: string) => void;
  template: Template | undefined;
};

/** The provisioning role: typed, or chosen among those that AWS IoT may assume; looked at on request. */
export function RoleField(props: RoleFieldProps) {
  const { environment, accountId, value, effective, onChange, listRoles } = props;
  const t = useTranslations('template.role');
  const ca = useTranslations('ca.attach');
  const [roles, setRoles] = useState<Result<RoleOption[], Failure> | undefined>(undefined);

  useEffect(() => {
    let isCurrent = true;
    void orNoAnswer(listRoles({ environment })).then((found) => {
      if (isCurrent) setRoles(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [listRoles, environment]);

  const choices = roles?.ok ? roles.value : [];
  const isWrong = effective !== undefined && roleNameOf(effective) === undefined;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium">{t('choice')}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <div className="min-w-0 sm:order-2">
          <RoleArnField
            accountId={accountId}
            value={value}
            onChange={onChange}
            errors={isWrong ? [t('seen.not-a-role')] : []}
          />
        </div>
        <div className="min-w-0">
          {roles === undefined ? <p role="status">{t('reading')}</p> : null}
          {choices.length === 0 ? null : (
            <Select
              label={t('existing')}
              constraint={ca('roleChoices')}
              placeholder={t('placeholder')}
              value={choices.some(({ arn }) => arn === effective) ? (effective ?? null) : null}
              onChange={onChange}
              options={choices.map(({ name, arn }) => ({ value: arn, label: name }))}
            />
          )}
          {roles?.ok && choices.length === 0 ? <p className="text-ink-muted">{ca('noRoles')}</p> : null}
          {roles !== undefined && !roles.ok ? <FailureNotice failure={roles.failure} /> : null}
        </div>
      </div>
      {value.trim() === '' && effective !== undefined ? (
        <p className="wrap-anywhere text-ink-muted">{ca('roleFromText', { arn: effective })}</p>
      ) : null}
      {effective === undefined || isWrong ? null : (
        <RoleCheck key={effective} {...props} roleArn={effective} />
      )}
    </fieldset>
  );
}

function RoleCheck({ environment, checkRole, template, roleArn }: RoleFieldProps & { roleArn: string }) {
  const t = useTranslations('template.role');
  const ca = useTranslations('ca.attach');
  const [isPending, setPending] = useState(false);
  const [facts, setFacts] = useState<Result<ProvisioningRoleFacts, Failure> | undefined>(undefined);

  async function check() {
    setPending(true);
    try {
      const neededActions = template === undefined ? [] : actionsForTemplate(template);
      setFacts(await orNoAnswer(checkRole({ environment, roleArn, neededActions })));
    } finally {
      setPending(false);
    }
  }

  return (
    <div className="flex flex-col gap-2">
      <div>
        <Button onPress={() => void check()} isPending={isPending}>
          {facts === undefined ? ca('checkRole') : t('checkAgain')}
        </Button>
      </div>
      <div aria-live="polite" className="empty:hidden">
        {facts === undefined ? null : facts.ok ? (
          <RoleFacts facts={facts.value} />
        ) : (
          <FailureNotice failure={facts.failure} />
        )}
      </div>
    </div>
  );
}
