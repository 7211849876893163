'use server';

import { z } from 'zod';
import { approvalInput } from '@/components/acts/approval-input';
import { REGISTERED_AT_ONCE } from '@/components/registration/registration-batch';
import { defineAction } from '@/lib/actions/define-action';
import { environmentId } from '@/lib/config/environment-list';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { registerOne } from './register-one';

/** A certificate with RSA 4096 and a dozen extensions is below 4 KB; AWS takes 64 KB (service model, `CertificatePem`). */
const PEM_CHARACTERS_MAX = 16_384;
const pem = z.string().min(1).max(PEM_CHARACTERS_MAX);

/** At a time; the rest of the environment's calls find their turn in between. */
const CONCURRENCY_MAX = 4;

/** Registers device certificates that a person brings, under their CA or on their own, and readies their devices. */
export const registerCertificates = defineAction({
  name: 'certificate.register',
  permission: 'certificate:register',
  input: z.strictObject({
    environment: environmentId,
    certificates: z
      .array(
        z.strictObject({
          certificateId: z.string().refine(isCertificateId),
          certificatePem: pem,
          /** Left out: registered without a CA. */
          caPem: pem.optional(),
        }),
      )
      .min(1)
      .max(REGISTERED_AT_ONCE),
    /** Left out: they stay inactive, with nothing attached. */
    approval: approvalInput.optional(),
  }),
  resources: ({ certificates }) => [...new Set(certificates.map(({ certificateId }) => certificateId))],
  concurrencyMax: CONCURRENCY_MAX,
  runEach: (certificateId, { certificates, approval }, context) =>
    registerOne(
      certificates.find((each) => each.certificateId === certificateId),
      approval,
      context,
    ),
});
