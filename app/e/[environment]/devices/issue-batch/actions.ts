'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { iotFor } from '@/lib/aws/iot-gateway';
import { mqttHost, serverTrustFor } from '@/lib/aws/trust/server-trust';
import { BATCH_LAYOUTS, KEY_ORIGINS, PASSPHRASE_RULES } from '@/lib/batch/batch-settings';
import { BATCH_DEVICES_MAX } from '@/lib/batch/bounds';
import { breachOf } from '@/lib/batch/profile';
import { environmentId } from '@/lib/config/environment-list';
import type { Failure } from '@/lib/failure';
import { beginBatch, countDevices, findBatch } from '@/lib/ledger/batches';
import { finishEnding, giveUpBatch } from '@/lib/ledger/end-batch';
import type { BatchTerms } from '@/lib/ledger/profile-terms';
import { findProfile } from '@/lib/ledger/profiles';
import { DEVICE_FORMATS, KEYLESS_FORMATS } from '@/lib/pki/formats/device-format';
import { PKCS12_MACS } from '@/lib/pki/formats/pkcs12';
import { KEY_ALGORITHMS } from '@/lib/pki/key-algorithm';
import { VALIDITY_DAYS_MAX, VALIDITY_DAYS_MIN } from '@/lib/pki/validity';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { fail, ok, type Result } from '@/lib/result';
import { confirmDelivery } from './confirm-delivery';
import { replacedFacts } from './replaced-facts';

const batchKey = { environment: environmentId, batch: z.uuid() };

const settings = z
  .strictObject({
    keyOrigin: z.enum(KEY_ORIGINS),
    algorithm: z.enum(KEY_ALGORITHMS),
    validityDays: z.int().min(VALIDITY_DAYS_MIN).max(VALIDITY_DAYS_MAX),
    formats: z.array(z.enum(DEVICE_FORMATS)).min(1).max(DEVICE_FORMATS.length),
    pkcs12Mac: z.enum(PKCS12_MACS),
    layout: z.enum(BATCH_LAYOUTS),
    passphraseRule: z.enum(PASSPHRASE_RULES),
    profile: z.strictObject({ id: z.uuid(), version: z.int().min(1) }).optional(),
    reissueOf: z.uuid().optional(),
  })
  .refine(
    ({ keyOrigin, formats }) =>
      keyOrigin === 'console' || formats.every((each) => KEYLESS_FORMATS.includes(each)),
    { path: ['formats'], error: 'format-needs-key' },
  );

/** Puts the batch on record, and answers what its bundles need from the server. */
export const begin = defineAction({
  name: 'batch.begin',
  permission: 'device:issue',
  input: z.strictObject({
    ...batchKey,
    caId: z.string().refine(isCertificateId, 'certificate-id'),
    devices: z.int().min(1).max(BATCH_DEVICES_MAX),
    settings,
  }),
  resource: ({ batch }) => batch,
  async run({ batch: id, caId, devices, settings: chosen }, { environment, operator, now, audit }) {
    const ca = await iotFor(environment).describeCaCertificate(caId);
    if (!ca.ok) return ca;
    if (ca.value.status !== 'ACTIVE') return fail({ kind: 'conflict', reason: 'ca-inactive' });
    // Before the row: bundles that cannot be completed are not to be begun.
    const [trust, host] = await Promise.all([serverTrustFor(environment), mqttHost(environment)]);
    if (!trust.ok) return trust;
    if (!host.ok) return host;
    // One that goes on keeps to what its profile said when it was begun.
    const isKnown = (await findBatch(environment.id, id)) !== undefined;
    const terms = isKnown ? ok(undefined) : await termsOf(environment.id, chosen);
    if (!terms.ok) return terms;
    if (!(await mayIssueAgain(environment.id, chosen.reissueOf))) {
      return fail({ kind: 'invalid-input', fields: { 'settings.reissueOf': [{ code: 'batch-open' }] } });
    }
    const begun = await beginBatch(
      {
        environment: environment.id,
        id,
        caId,
        devices,
        settings: { ...chosen, terms: terms.value },
        operatorId: operator.id,
        operatorName: operator.name,
      },
      now,
    );
    if (!begun.ok) return begun;
    audit.after({ caId, devices, settings: chosen });
    return ok({ host: host.value, port: environment.mqtt.port, serverRootPem: trust.value.pem });
  },
});

type Settings = z.output<typeof settings>;

/** What the certificates of a batch with a profile are held to when their rows are written. */
async function termsOf(
  environment: string,
  { profile: key, ...chosen }: Settings,
): Promise<Result<BatchTerms | undefined, Failure>> {
  if (key === undefined) return ok(undefined);
  const profile = await findProfile(environment, key.id);
  if (profile === undefined) return fail({ kind: 'not-found', resource: 'issuance-profile', id: key.id });
  if (profile.version !== key.version) return fail({ kind: 'conflict', reason: 'profile-changed' });
  if (breachOf(profile.content, chosen) !== undefined) {
    return fail({ kind: 'conflict', reason: 'profile-exceeded' });
  }
  const { validityDaysMax, algorithm } = profile.content;
  return ok({ validityDaysMax, algorithm: chosen.keyOrigin === 'console' ? algorithm : undefined });
}

/** What is still open may yet give out the bundles of its devices. */
async function mayIssueAgain(environment: string, reissueOf: string | undefined): Promise<boolean> {
  if (reissueOf === undefined) return true;
  const former = await findBatch(environment, reissueOf);
  return former !== undefined && former.state !== 'open';
}

export const confirm = defineAction({
  name: 'batch.confirm-delivery',
  permission: 'device:issue',
  ...confirmDelivery,
});

/** Finishes what a server that was stopped did not: somebody had said how the batch ends, and not all its devices say so yet. */
export const finishEnd = defineAction({
  name: 'batch.finish-ending',
  permission: 'device:issue',
  input: z.strictObject(batchKey),
  resource: ({ batch }) => batch,
  async run({ batch: id }, { environment, now, audit }) {
    const batch = await findBatch(environment.id, id);
    const ended = batch && (await finishEnding(batch, now));
    if (ended === undefined) return fail({ kind: 'conflict', reason: 'batch-ended' });
    audit.after({ state: ended.state, ...replacedFacts(batch?.settings, ended.replaced) });
    return ok(undefined);
  },
});

/** Its devices are listed as not confirmed from here on. Anybody who may issue can clear up after a browser that is gone. */
export const giveUp = defineAction({
  name: 'batch.give-up',
  permission: 'device:issue',
  input: z.strictObject(batchKey),
  resource: ({ batch }) => batch,
  async run({ batch: id }, { environment, now, audit }) {
    if (!(await giveUpBatch({ environment: environment.id, id }, now))) {
      return fail({ kind: 'conflict', reason: 'batch-ended' });
    }
    audit.after({ devices: await countDevices(environment.id, id) });
    return ok(undefined);
  },
});
