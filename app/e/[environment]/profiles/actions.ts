'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { environmentId } from '@/lib/config/environment-list';
import { findProfile, removeProfile } from '@/lib/ledger/profiles';
import { fail, ok } from '@/lib/result';

/** Batches that were begun with it go on: they know what it said. */
export const deleteProfile = defineAction({
  name: 'profile.delete',
  permission: 'profile:update',
  input: z.strictObject({ environment: environmentId, id: z.uuid() }),
  resource: ({ id }) => id,
  async run({ id }, { environment, audit }) {
    const former = await findProfile(environment.id, id);
    if (former === undefined) return fail({ kind: 'not-found', resource: 'issuance-profile', id });
    audit.before({ ...former.names, version: former.version, content: former.content });
    await removeProfile(environment.id, id);
    refresh();
    return ok(undefined);
  },
});
