'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { environmentId } from '@/lib/config/environment-list';
import { confirmDevices } from '@/lib/ledger/funnel';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { ok } from '@/lib/result';

/** More than the page lists; without ids it is the whole batch. */
const IDS_MAX = 100;

/** A person says that bundles did arrive, where the page could not. */
export const confirm = defineAction({
  name: 'batch.confirm-devices',
  permission: 'device:issue',
  input: z.strictObject({
    environment: environmentId,
    batch: z.uuid(),
    certificateIds: z
      .array(z.string().refine(isCertificateId, 'certificate-id'))
      .min(1)
      .max(IDS_MAX)
      .optional(),
  }),
  resource: ({ batch }) => batch,
  async run({ batch, certificateIds }, { environment, now, audit }) {
    const devices = await confirmDevices({ environment: environment.id, batch }, certificateIds, now);
    audit.after({ devices, ...(certificateIds && { certificateIds }) });
    return ok({ devices });
  },
});
