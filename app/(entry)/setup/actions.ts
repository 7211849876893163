'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { email, newPassword, operatorName } from '@/lib/auth/credentials';
import { linkToken } from '@/lib/auth/link-token';
import { admitLink } from '@/lib/auth/one-time-links';
import { completeSetup } from '@/lib/auth/operators';
import { signIn } from '@/lib/auth/sign-in';

export const setUpFirstAdmin = defineAction({
  name: 'setup.complete',
  permission: 'setup:complete',
  input: z.strictObject({ token: linkToken, name: operatorName, email, password: newPassword }),
  resource: (input) => input.email,
  admit: (input, { now }) => admitLink({ ...input, purpose: 'setup', now }),
  async run(input, { now }) {
    const done = await completeSetup(input, now);
    return done.ok ? signIn(input.email, input.password) : done;
  },
});
