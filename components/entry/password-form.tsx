'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { useLinkToken } from '@/components/ui/use-link-token';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { useEntryForm } from './use-entry-form';
import { useFaultSentences } from './use-fault-sentences';

export type PasswordBounds = { minimum: number; maximum: number };

type Entered = { token: string; name: string; email: string; password: string };

type PasswordFormProps = {
  /** The first security admin says who they are; an invited operator is known. */
  asksWho: boolean;
  bounds: PasswordBounds;
  submit: (entered: Entered) => Promise<Result<unknown, Failure>>;
};

/** Sets a password by a one-time link. */
export function PasswordForm({ asksWho, bounds, submit }: PasswordFormProps) {
  const t = useTranslations('entry');
  const sentences = useFaultSentences();
  const token = useLinkToken();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isMismatched, setMismatched] = useState(false);
  const { isPending, faults, failure, send } = useEntryForm('/');

  if (token === null) {
    return <Notice tone="warning" role="alert" title={t('noToken')} />;
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    setMismatched(password !== repeated);
    if (password === repeated && token) void send(() => submit({ token, name, email, password }));
  }

  return (
    <form onSubmit={onSubmit} method="post" noValidate className="flex flex-col gap-4">
      {sentences(faults['form'] ?? faults['token']).map((sentence) => (
        <Notice key={sentence} tone="danger" role="alert" title={sentence} />
      ))}
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      {asksWho ? (
        <>
          <TextField
            label={t('name')}
            help={t('nameHelp')}
            autoComplete="name"
            value={name}
            onChange={setName}
            errors={sentences(faults['name'])}
          />
          <TextField
            label={t('email')}
            help={t('emailHelp')}
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            errors={sentences(faults['email'])}
          />
        </>
      ) : null}
      <PasswordField
        label={t('newPassword')}
        autoComplete="new-password"
        constraint={t('passwordConstraint', bounds)}
        value={password}
        onChange={setPassword}
        errors={sentences(faults['password'])}
      />
      <PasswordField
        label={t('repeatPassword')}
        autoComplete="new-password"
        value={repeated}
        onChange={setRepeated}
        errors={isMismatched ? [t('fault.mismatch')] : []}
      />
      <Button type="submit" variant="primary" isPending={isPending} isDisabled={token === undefined}>
        {t(asksWho ? 'setup.submit' : 'setPassword.submit')}
      </Button>
    </form>
  );
}
