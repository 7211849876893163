'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { email, presentedPassword } from '@/lib/auth/credentials';
import { admitSignIn, signIn, signOut } from '@/lib/auth/sign-in';

export const signInOperator = defineAction({
  name: 'session.create',
  permission: 'session:create',
  input: z.strictObject({ email, password: presentedPassword }),
  resource: (input) => input.email,
  admit: (input, { clientAddress, now }) => admitSignIn({ email: input.email, clientAddress, now }),
  run: (input) => signIn(input.email, input.password),
});

export const signOutOperator = defineAction({
  name: 'session.end',
  permission: 'session:end',
  input: z.undefined(),
  // Nobody has nothing to end, and is not to fill the audit log with it.
  admit: async (_input, { operator }) => (operator === undefined ? { kind: 'signed-out' } : undefined),
  async run() {
    await signOut();
    return redirect('/sign-in');
  },
});
