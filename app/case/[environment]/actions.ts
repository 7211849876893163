'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { caseLinkId, findCaseLink, recordCaseLinkOpened } from '@/lib/auth/case-links';
import { linkToken } from '@/lib/auth/link-token';
import { admitLinkOpening } from '@/lib/auth/sign-in';
import { environmentId } from '@/lib/config/environment-list';
import type { Failure } from '@/lib/failure';
import { fail, ok } from '@/lib/result';
import { readCase } from './read-case';

const INVALID: Failure = { kind: 'invalid-input', fields: { form: [{ code: 'link-invalid' }] } };

/** Opens a case link. The token comes in the body, is compared as a hash, and is written nowhere. */
export const openCase = defineAction({
  name: 'case-link.open',
  permission: 'case-link:open',
  input: z.strictObject({ environment: environmentId, token: linkToken }),
  resource: ({ token }) => caseLinkId(token),
  async admit({ environment, token }, { clientAddress, now }) {
    const turnedAway = await admitLinkOpening(clientAddress, now);
    if (turnedAway !== undefined) return turnedAway;
    // Strangers fill no audit log: only a link that opens something gets into it.
    return (await findCaseLink({ environment, token, now })) === undefined ? INVALID : undefined;
  },
  async run({ token }, { environment, now, audit }) {
    const link = await findCaseLink({ environment: environment.id, token, now });
    if (link === undefined) return fail(INVALID);
    audit.after({ certificateId: link.certificateId });
    await recordCaseLinkOpened(link.id, now);
    return ok(await readCase(link.id, environment, link.certificateId, now));
  },
});
