import 'server-only';
import { type IssuedSubject, toIssuedSubject } from '@/components/device/issued-subject';
import type { Operator } from '@/lib/auth/permissions';
import { iotFor } from '@/lib/aws/iot-gateway';
import { mqttHost, serverTrustFor } from '@/lib/aws/trust/server-trust';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { isWithinTerms, termsFacts } from '@/lib/ledger/profile-terms';
import { findProfile } from '@/lib/ledger/profiles';
import { type Reservation, reserve } from '@/lib/ledger/record';
import { beginReplacement } from '@/lib/ledger/replacements';
import { checkChain } from '@/lib/pki/check-chain';
import { type CertificateFacts, inspectCertificate } from '@/lib/pki/inspect-certificate';
import { fail, ok, type Result } from '@/lib/result';

export type ReserveRequest = {
  caId: string;
  certificatePem: string;
  keyOrigin: IssuedSubject['keyOrigin'];
  /** The certificate whose place the new one is to take. */
  replaces?: string | undefined;
  /** What was chosen to keep to. */
  profileId?: string | undefined;
};
type Context = { environment: Environment; operator: Operator; now: Date };
export type Reserved = { host: string; port: number; serverRootPem: string; certificateId: string };

/** Looks at the certificate once more, where the browser cannot interfere, and writes its row. */
export async function reserveDevice(
  { caId, certificatePem, keyOrigin, replaces, profileId }: ReserveRequest,
  { environment, operator, now }: Context,
): Promise<Result<Reserved, Failure>> {
  const inspected = await inspectCertificate(certificatePem, crypto);
  if (!inspected.ok || inspected.value.isCa) return refuse('certificatePem', 'not-a-device-certificate');
  const facts = inspected.value;

  const ca = await iotFor(environment).describeCaCertificate(caId);
  if (!ca.ok) return ca;
  if (ca.value.status !== 'ACTIVE') return fail({ kind: 'conflict', reason: 'ca-inactive' });
  const chain = await checkChain({ leaf: certificatePem, ca: ca.value.certificatePem }, { crypto, now });
  if (!chain.ok || chain.value.length > 0) return refuse('certificatePem', 'not-signed-by-ca');

  const profile = await checkProfile(environment, { profileId, certificatePem, keyOrigin });
  if (!profile.ok) return profile;

  const replaced = replaces === undefined ? ok(undefined) : await checkReplaced(environment, replaces, facts);
  if (!replaced.ok) return replaced;

  // Before the row: a bundle that cannot be completed is not to be reserved.
  const [trust, host] = await Promise.all([serverTrustFor(environment), mqttHost(environment)]);
  if (!trust.ok) return trust;
  if (!host.ok) return host;

  const reserved = await reserve(
    { environment: environment.id, caId, ...rowOf(facts, keyOrigin), ...byWhom(operator) },
    now,
  );
  if (!reserved.ok) return reserved;
  const { certificateId } = facts;
  if (replaces !== undefined) {
    const begun = {
      environment: environment.id,
      oldCertificateId: replaces,
      newCertificateId: certificateId,
    };
    await beginReplacement({ ...begun, newCaId: caId, newCertificatePem: certificatePem, operator }, now);
  }
  return ok({ certificateId, host: host.value, port: environment.mqtt.port, serverRootPem: trust.value.pem });
}

async function checkProfile(
  environment: Environment,
  {
    profileId,
    certificatePem,
    keyOrigin,
  }: Pick<ReserveRequest, 'profileId' | 'certificatePem' | 'keyOrigin'>,
): Promise<Result<undefined, Failure>> {
  if (profileId === undefined) return ok(undefined);
  const profile = await findProfile(environment.id, profileId);
  if (profile === undefined) return fail({ kind: 'not-found', resource: 'issuance-profile', id: profileId });
  const { validityDaysMax, algorithm } = profile.content;
  const terms = { validityDaysMax, algorithm: keyOrigin === 'console' ? algorithm : undefined };
  return isWithinTerms(terms, termsFacts(certificatePem))
    ? ok(undefined)
    : fail({ kind: 'conflict', reason: 'profile-exceeded' });
}

/** Policies and things are found by the device's name: one certificate takes another's place only for the same one. */
async function checkReplaced(
  environment: Environment,
  certificateId: string,
  facts: CertificateFacts,
): Promise<Result<undefined, Failure>> {
  const old = await iotFor(environment).describeCertificate(certificateId);
  if (!old.ok) return old;
  const inspected = await inspectCertificate(old.value.certificatePem, crypto);
  const nameOf = ({ subject }: CertificateFacts) => subject.fields.commonName;
  return inspected.ok && nameOf(inspected.value) === nameOf(facts)
    ? ok(undefined)
    : fail({ kind: 'conflict', reason: 'common-name-differs' });
}

const byWhom = ({ id, name }: Operator) => ({ operatorId: id, operatorName: name });

function rowOf(
  facts: CertificateFacts,
  keyOrigin: IssuedSubject['keyOrigin'],
): Pick<Reservation, 'certificateId' | 'serial' | 'subject' | 'commonName' | 'notBefore' | 'notAfter'> {
  const { certificateId, serialHex, subject, notBefore, notAfter } = facts;
  return {
    certificateId,
    serial: serialHex,
    subject: toIssuedSubject(subject, keyOrigin),
    commonName: subject.fields.commonName ?? '',
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
  };
}

function refuse(field: string, code: string): Result<never, Failure> {
  return fail({ kind: 'invalid-input', fields: { [field]: [{ code }] } });
}
