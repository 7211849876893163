'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { environmentId } from '@/lib/config/environment-list';
import { find } from '@/lib/ledger/read';
import { confirmDelivery } from '@/lib/ledger/record';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { fail, ok } from '@/lib/result';
import { reserveDevice } from './reserve-device';

/** One certificate: RSA 4096 with a long subject and many extensions stays below half of this. */
const PEM_CHARACTERS_MAX = 16_384;

const certificateId = z.string().refine(isCertificateId, 'certificate-id');

/** Writes the ledger's row, without which no bundle is given out, and answers what the bundle needs from the server. */
export const reserve = defineAction({
  name: 'device.reserve',
  permission: 'device:issue',
  input: z.strictObject({
    environment: environmentId,
    caId: certificateId,
    certificatePem: z
      .string()
      .max(PEM_CHARACTERS_MAX)
      .regex(/^-----BEGIN CERTIFICATE-----/, 'not-a-certificate')
      // A private key has no business here, whoever sent it.
      .refine((text) => !text.includes('PRIVATE KEY'), 'private-key'),
    keyOrigin: z.enum(['console', 'device']),
    replaces: certificateId.optional(),
    profileId: z.uuid().optional(),
  }),
  resource: ({ caId }) => caId,
  async run(input, { environment, operator, now, audit }) {
    const reserved = await reserveDevice(input, { environment, operator, now });
    if (!reserved.ok) return reserved;
    const { certificateId: issuedId, ...delivery } = reserved.value;
    audit.after({
      certificateId: issuedId,
      keyOrigin: input.keyOrigin,
      replaces: input.replaces,
      profileId: input.profileId,
    });
    return ok(delivery);
  },
});

/** The page saved the bundle. Only who issued it can know. */
export const confirm = defineAction({
  name: 'device.confirm-delivery',
  permission: 'device:issue',
  input: z.strictObject({ environment: environmentId, certificateId }),
  resource: ({ certificateId: id }) => id,
  async run({ certificateId: id }, { environment, operator, now }) {
    const row = await find(environment.id, id);
    if (row !== undefined && row.operatorId !== operator.id) {
      return fail({ kind: 'forbidden', permission: 'device:issue' });
    }
    return confirmDelivery(environment.id, id, now);
  },
});
