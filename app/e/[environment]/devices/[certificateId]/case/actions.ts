'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import {
  allowCaseLinks,
  areCaseLinksAllowed,
  CASE_LINK_DAYS_MAX,
  caseLinkUrl,
  makeCaseLink,
  revokeCaseLink,
} from '@/lib/auth/case-links';
import { environmentId } from '@/lib/config/environment-list';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { ok } from '@/lib/result';

const device = {
  environment: environmentId,
  certificateId: z.string().refine(isCertificateId, 'certificate-id'),
};

export const makeLink = defineAction({
  name: 'case-link.create',
  permission: 'case-link:create',
  input: z.strictObject({ ...device, days: z.int().min(1).max(CASE_LINK_DAYS_MAX) }),
  resource: ({ certificateId }) => certificateId,
  async run({ certificateId, days }, { environment, operator, now, audit }) {
    const made = await makeCaseLink({ environment: environment.id, certificateId }, operator, days, now);
    if (!made.ok) return made;
    const { id, token, expiresAt } = made.value;
    audit.after({ link: id, expiresAt: expiresAt.toISOString() });
    refresh();
    return ok({ link: caseLinkUrl(environment.id, token) });
  },
});

export const revokeLink = defineAction({
  name: 'case-link.revoke',
  permission: 'case-link:create',
  input: z.strictObject({ ...device, id: z.string().regex(/^[0-9a-f]{16}$/) }),
  resource: ({ certificateId }) => certificateId,
  async run({ certificateId, id }, { environment, now, audit }) {
    audit.before({ link: id });
    await revokeCaseLink({ environment: environment.id, certificateId }, id, now);
    refresh();
    return ok(undefined);
  },
});

export const allowLinks = defineAction({
  name: 'case-link.allow',
  permission: 'case-link:allow',
  input: z.strictObject({ environment: environmentId, isAllowed: z.boolean() }),
  async run({ isAllowed }, { environment, now, audit }) {
    audit.before({ isAllowed: await areCaseLinksAllowed(environment.id) });
    await allowCaseLinks(environment.id, isAllowed, now);
    audit.after({ isAllowed });
    refresh();
    return ok(undefined);
  },
});
