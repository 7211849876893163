'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { gatherPreFlight } from '@/lib/aws/pre-flight/gather-pre-flight';
import { environmentId } from '@/lib/config/environment-list';
import { registryChecks } from '@/lib/diagnosis/pre-flight/registry-checks';
import { CERTIFICATE_BYTES_MAX } from '@/lib/pki/certificate';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { fail, ok } from '@/lib/result';

/** A bundle has one root, or the few that Amazon signs with. */
const SERVER_ROOTS_MAX = 8;

/** Public by its label: the page sends nothing else, and here nothing else is taken. */
const certificatePem = z
  .string()
  .max(CERTIFICATE_BYTES_MAX * 2)
  .regex(/^-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----\s*$/, 'not-a-certificate');

/** Asks AWS about the public part of a bundle. It changes nothing; it is an action because certificates are too long for a URL. */
export const checkBundle = defineAction({
  name: 'device.pre-flight',
  permission: 'device:read',
  input: z.strictObject({
    environment: environmentId,
    leafPem: certificatePem,
    issuerPem: certificatePem.optional(),
    serverRootPems: z.array(certificatePem).max(SERVER_ROOTS_MAX),
    target: z.strictObject({
      host: z.string().max(253).optional(),
      port: z.int().min(1).max(65_535).optional(),
      clientId: z.string().max(128).optional(),
    }),
  }),
  async run({ leafPem, issuerPem, serverRootPems, target }, { environment, now, audit }) {
    const leaf = await inspectCertificate(leafPem, globalThis.crypto);
    if (!leaf.ok) return fail({ kind: 'invalid-input', fields: { form: [{ code: leaf.failure.kind }] } });
    const issuer =
      issuerPem === undefined ? undefined : await inspectCertificate(issuerPem, globalThis.crypto);
    const facts = await gatherPreFlight(
      environment,
      {
        leaf: { pem: leafPem, facts: leaf.value },
        issuer: issuer?.ok ? { caId: issuer.value.certificateId, isCa: issuer.value.isCa } : undefined,
        serverRootPems,
        target: { host: target.host, port: target.port, clientId: target.clientId },
      },
      now,
    );
    const checks = registryChecks(facts, now);
    audit.after({
      certificateId: leaf.value.certificateId,
      checks: Object.fromEntries(checks.map(({ id, state }) => [id, state])),
    });
    return ok({ checks, at: now.toISOString() });
  },
});
