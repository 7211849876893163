'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { can } from '@/lib/auth/permissions';
import { actOnCertificate } from '@/lib/aws/acts/act-on-certificate';
import { readReplacing, replaceCertificate } from '@/lib/aws/acts/replace-certificate';
import { iotFor } from '@/lib/aws/iot-gateway';
import { environmentId } from '@/lib/config/environment-list';
import { comparedParity, factsOf } from '@/lib/devices/replacement';
import { find } from '@/lib/ledger/read';
import { recordSeen } from '@/lib/ledger/record';
import { markReplacement } from '@/lib/ledger/replacements';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { hasAll } from '@/lib/registry/replacement';
import { fail, ok } from '@/lib/result';
import { rowOf } from './row-of';

const certificateId = z.string().refine(isCertificateId, 'certificate-id');
const pair = z.strictObject({
  environment: environmentId,
  oldCertificateId: certificateId,
  newCertificateId: certificateId,
});

/** Registers the new certificate and gives it what the old one has. The old one is not touched; repeated, it goes on where it stopped. */
export const putInPlace = defineAction({
  name: 'device.replace-certificate',
  permission: 'certificate:register',
  /** `hasBundle`: the person says so, where the page that saved it could not. */
  input: pair.extend({ hasBundle: z.boolean() }),
  resource: ({ newCertificateId }) => newCertificateId,
  async run({ hasBundle, ...input }, { environment, operator, now, audit }) {
    const row = await rowOf(environment.id, input);
    if (!row.ok) return row;
    const issued = await find(environment.id, input.newCertificateId, now);
    if (issued?.delivery !== 'delivered' && !hasBundle) {
      return fail({ kind: 'conflict', reason: 'bundle-not-confirmed' });
    }
    const { steps, result, before, requestId } = await replaceCertificate(iotFor(environment), row.value, {
      mayGoWithoutCa: can(operator, 'certificate:register-without-ca', { environment: environment.id }),
    });
    audit.before(before);
    audit.after({
      replaces: input.oldCertificateId,
      steps: steps.map(({ step, state }) => ({ ...step, state })),
    });
    audit.requestId(requestId);
    if (!result.ok) return result;
    await markReplacement(environment.id, input.newCertificateId, 'inPlaceAt', now);
    await recordSeen(environment.id, input.newCertificateId, 'ACTIVE', now);
    return result;
  },
});

/** Deactivates the old certificate, once the new one has everything and is active. */
export const retireOld = defineAction({
  name: 'device.retire-certificate',
  permission: 'certificate:update',
  input: pair,
  resource: ({ oldCertificateId }) => oldCertificateId,
  async run(input, { environment, now, audit }) {
    const row = await rowOf(environment.id, input);
    if (!row.ok) return row;
    const iot = iotFor(environment);
    const read = await readReplacing(iot, row.value);
    if (!read.ok) return read;
    const { old, next } = read.value;
    const [described, facts] = await Promise.all([
      iot.describeCertificate(input.oldCertificateId),
      factsOf(row.value.newCertificatePem),
    ]);
    if (!described.ok) return described;
    const oldFacts = await factsOf(described.value.certificatePem);
    const isReady = next?.status === 'ACTIVE' && hasAll(comparedParity(old, oldFacts, { next, facts }));
    if (!isReady) return fail({ kind: 'conflict', reason: 'replacement-incomplete' });

    // A revoked one is out for good already.
    if (old.status !== 'REVOKED') {
      const report = await actOnCertificate(iot, 'deactivate', input.oldCertificateId);
      audit.before(report.before);
      audit.requestId(report.requestId);
      if (!report.result.ok) return report.result;
      await recordSeen(environment.id, input.oldCertificateId, 'INACTIVE', now);
    }
    audit.after({ replacedBy: input.newCertificateId });
    await markReplacement(environment.id, input.newCertificateId, 'retiredAt', now);
    return ok(undefined);
  },
});

/** Forgets what was begun; nothing changes in AWS. */
export const abandon = defineAction({
  name: 'device.abandon-replacement',
  permission: 'device:issue',
  input: pair,
  resource: ({ newCertificateId }) => newCertificateId,
  async run(input, { environment, now }) {
    const row = await rowOf(environment.id, input);
    if (!row.ok) return row;
    await markReplacement(environment.id, input.newCertificateId, 'abandonedAt', now);
    return ok(undefined);
  },
});
