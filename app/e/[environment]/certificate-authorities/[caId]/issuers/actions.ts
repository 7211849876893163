'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { iotFor } from '@/lib/aws/iot-gateway';
import { environmentId } from '@/lib/config/environment-list';
import { recordIssuers } from '@/lib/ledger/ca-issuers';
import { ISSUERS_MAX } from '@/lib/pki/issuer-bounds';
import { findIssuers } from '@/lib/pki/issuer-chain';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { fail, ok } from '@/lib/result';

/** One certificate: RSA 4096 with a long subject and many extensions stays below half of this. */
const PEM_CHARACTERS_MAX = 16_384;

/** Keeps what stands above a CA, for the chains of its devices. AWS is asked for the CA and told nothing. */
export const keepIssuers = defineAction({
  name: 'ca.keep-issuers',
  permission: 'ca:update',
  input: z.strictObject({
    environment: environmentId,
    caId: z.string().refine(isCertificateId),
    issuerPems: z
      .array(
        z
          .string()
          .max(PEM_CHARACTERS_MAX)
          .regex(/^-----BEGIN CERTIFICATE-----/, 'not-a-certificate')
          // A private key has no business here, whoever sent it.
          .refine((text) => !text.includes('PRIVATE KEY'), 'private-key'),
      )
      .min(1)
      .max(ISSUERS_MAX),
  }),
  resource: ({ caId }) => caId,
  async run({ caId, issuerPems }, { environment, operator, now, audit }) {
    const ca = await iotFor(environment).describeCaCertificate(caId);
    if (!ca.ok) return ca;
    const above = await findIssuers(ca.value.certificatePem, issuerPems, { crypto, now });
    if (!above.ok || above.value.issuers.length < issuerPems.length) {
      return fail({ kind: 'invalid-input', fields: { issuerPems: [{ code: 'not-above-ca' }] } });
    }
    await recordIssuers({ environment: environment.id, caId, issuerPems, operator }, now);
    audit.after({ issuers: above.value.issuers.map(({ subject }) => subject) });
    return ok(undefined);
  },
});
