'use server';

import { z } from 'zod';
import type { LedgerAnswer } from '@/components/check-batch/ledger-answer';
import { defineAction } from '@/lib/actions/define-action';
import { readIssuingCa } from '@/lib/aws/issuing-cas';
import { serverTrustFor } from '@/lib/aws/trust/server-trust';
import { environmentId } from '@/lib/config/environment-list';
import { batchOfCertificates, batchOfManifest } from '@/lib/ledger/find-manifest';
import { templateBodyOf } from '@/lib/registry/issuing-ca';
import { ok } from '@/lib/result';

/** As many of a manifest's devices as show which batch it is of. */
const CERTIFICATES_MAX = 3;

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** Finds the batch of a manifest, its CA and template. A read; an action because it is asked for from a running check. */
export const findManifest = defineAction({
  name: 'batch.find-manifest',
  permission: 'device:read',
  input: z.strictObject({
    environment: environmentId,
    manifestSha256: digest,
    certificateIds: z.array(digest).max(CERTIFICATES_MAX),
  }),
  async run({ manifestSha256, certificateIds }, { environment }) {
    const exact = await batchOfManifest(environment.id, manifestSha256);
    const batch = exact ?? (await batchOfCertificates(environment.id, certificateIds));
    const [ca, trust] = await Promise.all([
      batch === undefined ? undefined : readIssuingCa(environment, batch.caId),
      serverTrustFor(environment),
    ]);
    const answer: LedgerAnswer = {
      verdict:
        exact !== undefined
          ? 'same'
          : batch === undefined
            ? 'unknown'
            : batch.manifestSha256 === null
              ? 'open'
              : 'differs',
      batch: batch && {
        id: batch.id,
        caId: batch.caId,
        devices: batch.devices,
        operatorName: batch.operatorName,
        endedAt: batch.endedAt?.toISOString(),
      },
      ca: ca?.ok
        ? {
            name: ca.value.name,
            pem: ca.value.certificatePem,
            templateBody: templateBodyOf(ca.value.template),
          }
        : undefined,
      serverRootPem: trust.ok ? trust.value.pem : undefined,
    };
    return ok(answer);
  },
});
