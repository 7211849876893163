'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { environmentId } from '@/lib/config/environment-list';
import {
  changeProfile,
  createProfile,
  findProfile,
  profileContent,
  profileNames,
} from '@/lib/ledger/profiles';
import { fail, ok } from '@/lib/result';

/** Creates a profile where `version` is 0, else changes that version. The page chooses the id, so that repeating makes no second one. */
export const saveProfile = defineAction({
  name: 'profile.save',
  permission: 'profile:update',
  input: z.strictObject({
    environment: environmentId,
    id: z.uuid(),
    version: z.int().min(0),
    ...profileNames.shape,
    content: profileContent,
  }),
  resource: ({ id }) => id,
  async run({ id, version, name, translations, content }, { environment, operator, now, audit }) {
    const author = { environment: environment.id, operatorName: operator.name, now };
    const kept = { name, translations, content };
    if (version > 0) {
      const former = await findProfile(environment.id, id);
      if (former === undefined) return fail({ kind: 'not-found', resource: 'issuance-profile', id });
      audit.before({ ...former.names, version: former.version, content: former.content });
    }
    const saved =
      version === 0
        ? await createProfile(id, kept, author)
        : await changeProfile({ id, version }, kept, author);
    if (!saved.ok) return saved;
    audit.after({ ...kept, version: version + 1 });
    return ok(undefined);
  },
});
