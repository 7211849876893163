'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { useEntryForm } from './use-entry-form';
import { useFaultSentences } from './use-fault-sentences';

type SignInFormProps = {
  signIn: (input: { email: string; password: string }) => Promise<Result<undefined, Failure>>;
  /** Where to go on: a path of this console. */
  nextPath: string;
};

export function SignInForm({ signIn, nextPath }: SignInFormProps) {
  const t = useTranslations('entry');
  const sentences = useFaultSentences();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { isPending, faults, failure, send } = useEntryForm(nextPath);

  function submit(event: FormEvent) {
    event.preventDefault();
    void send(() => signIn({ email, password }));
  }

  return (
    <form onSubmit={submit} method="post" noValidate className="flex flex-col gap-4">
      {sentences(faults['form']).map((sentence) => (
        <Notice key={sentence} tone="danger" role="alert" title={sentence} />
      ))}
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      <TextField
        label={t('email')}
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        errors={sentences(faults['email'])}
        autoFocus
      />
      <PasswordField
        label={t('password')}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        errors={sentences(faults['password'])}
      />
      <Button type="submit" variant="primary" isPending={isPending}>
        {t('signIn.submit')}
      </Button>
    </form>
  );
}
