'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { email, presentedPassword } from '@/lib/auth/credentials';
import { admitSignIn, signIn } from '@/lib/auth/sign-in';

export const signInOperator = defineAction({
  name: 'session.create',
  permission: 'session:create',
  input: z.strictObject({ email, password: presentedPassword }),
  resource: (input) => input.email,
  admit: (input, { clientAddress, now }) => admitSignIn({ email: input.email, clientAddress, now }),
  run: (input) => signIn(input.email, input.password),
});
