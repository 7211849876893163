'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { newPassword } from '@/lib/auth/credentials';
import { linkToken } from '@/lib/auth/link-token';
import { admitLink } from '@/lib/auth/one-time-links';
import { setPassword } from '@/lib/auth/operators';
import { signIn } from '@/lib/auth/sign-in';

export const setOwnPassword = defineAction({
  name: 'operator.set-password',
  permission: 'setup:complete',
  // The form is the one of the first setup, where name and email are asked for; here the link says who it is.
  input: z.object({ token: linkToken, password: newPassword }),
  admit: (input, { now }) => admitLink({ ...input, purpose: 'set-password', now }),
  async run(input, { now, audit }) {
    const done = await setPassword(input, now);
    if (!done.ok) return done;
    audit.after({ email: done.value.email });
    return signIn(done.value.email, input.password);
  },
});
