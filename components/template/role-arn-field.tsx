'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { ACCOUNT_PLACEHOLDER, filledIn } from './template-text';

type RoleArnFieldProps = {
  accountId: string;
  value: string;
  onChange: (arn: string) => void;
  errors: readonly string[];
};

/** The provisioning role by its ARN; the article's placeholder for the account can be filled in. */
export function RoleArnField({ accountId, value, onChange, errors }: RoleArnFieldProps) {
  const t = useTranslations('template.role');
  return (
    <div className="flex flex-col gap-2">
      <TextField
        label={t('arn')}
        constraint={t('arnRule', { account: accountId })}
        isMonospace
        value={value}
        onChange={onChange}
        errors={errors}
        autoComplete="off"
      />
      {value.includes(ACCOUNT_PLACEHOLDER) ? (
        <div>
          <Button onPress={() => onChange(filledIn(value, { account: accountId }))}>
            {t('fill', { account: accountId })}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
