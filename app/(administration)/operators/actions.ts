'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { email, operatorName } from '@/lib/auth/credentials';
import {
  changeRole,
  createOperator,
  disableOperator,
  enableOperator,
  findOperator,
  resetPassword,
} from '@/lib/auth/operators';
import { ROLES } from '@/lib/auth/permissions';
import { setPasswordUrl } from '@/lib/auth/set-password-url';
import { ok } from '@/lib/result';

const id = z.uuid();

export const inviteOperator = defineAction({
  name: 'operator.create',
  permission: 'operator:manage',
  input: z.strictObject({ name: operatorName, email, role: z.enum(ROLES) }),
  resource: (input) => input.email,
  async run(input, { now, audit }) {
    const created = await createOperator(input, now);
    if (!created.ok) return created;
    audit.after({ id: created.value.id, name: input.name, role: input.role });
    refresh();
    return ok({ link: setPasswordUrl(created.value.token) });
  },
});

export const makePasswordLink = defineAction({
  name: 'operator.reset-password',
  permission: 'operator:manage',
  input: z.strictObject({ id }),
  resource: (input) => input.id,
  async run(input, { now, audit }) {
    const made = await resetPassword(input.id, now);
    if (!made.ok) return made;
    audit.after({ linkMade: true });
    return ok({ link: setPasswordUrl(made.value.token) });
  },
});

export const setOperatorRole = defineAction({
  name: 'operator.change-role',
  permission: 'operator:manage',
  input: z.strictObject({ id, role: z.enum(ROLES) }),
  resource: (input) => input.id,
  async run(input, { audit }) {
    audit.before({ role: (await findOperator(input.id))?.role });
    const changed = await changeRole(input.id, input.role);
    if (!changed.ok) return changed;
    audit.after({ role: input.role });
    refresh();
    return changed;
  },
});

export const setOperatorEnabled = defineAction({
  name: 'operator.set-enabled',
  permission: 'operator:manage',
  input: z.strictObject({ id, enabled: z.boolean() }),
  resource: (input) => input.id,
  async run(input, { now, audit }) {
    audit.before({ state: (await findOperator(input.id))?.state });
    const changed = input.enabled ? await enableOperator(input.id) : await disableOperator(input.id, now);
    if (!changed.ok) return changed;
    audit.after({ enabled: input.enabled });
    refresh();
    return changed;
  },
});
