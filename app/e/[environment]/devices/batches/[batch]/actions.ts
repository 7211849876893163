'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { environmentId } from '@/lib/config/environment-list';
import { replaceFormer } from '@/lib/ledger/issued-again';
import { confirmDevices, giveUpDevices } from '@/lib/ledger/not-confirmed';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { ok } from '@/lib/result';

/** More than the page lists; without ids it is the whole batch. */
const IDS_MAX = 100;

const input = z.strictObject({
  environment: environmentId,
  batch: z.uuid(),
  certificateIds: z
    .array(z.string().refine(isCertificateId, 'certificate-id'))
    .min(1)
    .max(IDS_MAX)
    .optional(),
});

/** A person says that bundles did arrive, where the page could not. Whom they issued again is replaced by them. */
export const confirm = defineAction({
  name: 'batch.confirm-devices',
  permission: 'device:issue',
  input,
  resource: ({ batch }) => batch,
  async run({ batch, certificateIds }, { environment, now, audit }) {
    const key = { environment: environment.id, batch };
    const devices = await confirmDevices(key, certificateIds, now);
    const replaced = await replaceFormer(key, now);
    audit.after({ devices, ...(certificateIds && { certificateIds }), ...(replaced > 0 && { replaced }) });
    return ok({ devices });
  },
});

/** A person says that nobody will use bundles of which nobody knows whether anyone has them. */
export const giveUp = defineAction({
  name: 'batch.give-up-devices',
  permission: 'device:issue',
  input,
  resource: ({ batch }) => batch,
  async run({ batch, certificateIds }, { environment, now, audit }) {
    const devices = await giveUpDevices({ environment: environment.id, batch }, certificateIds, now);
    audit.after({ devices, ...(certificateIds && { certificateIds }) });
    return ok({ devices });
  },
});
