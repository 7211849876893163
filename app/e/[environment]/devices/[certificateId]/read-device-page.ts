import 'server-only';
import { clientNameOf, dryRun, EMPTY_SNAPSHOT } from '@/components/device/dry-run';
import { failureKey } from '@/components/device/failure-key';
import { type IssuedSubject, readIssuedSubject } from '@/components/device/issued-subject';
import type { LikelyCause } from '@/components/device/likely-cause';
import { iotFor } from '@/lib/aws/iot-gateway';
import { mqttHost } from '@/lib/aws/trust/server-trust';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { LedgerRow } from '@/lib/ledger/ledger-row';
import { find } from '@/lib/ledger/read';
import { recordSeen } from '@/lib/ledger/record';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import type { CertificateDetail } from '@/lib/registry/device-certificate';
import { type FirstConnectFacts, firstConnect } from '@/lib/registry/first-connect';
import type { PolicySummary } from '@/lib/registry/iot-policy';
import { ok, type Result } from '@/lib/result';
import { findCause } from './find-cause';

/** A certificate has one thing and one policy as a rule; what is beyond one page is not counted here. */
const ATTACHED_SHOWN_MAX = 25;

/** Provisioning takes AWS a few seconds; after this long something is likely to be wrong. Our choice. */
const PENDING_LONG_MS = 15_000;

export type DevicePage = {
  row: LedgerRow;
  subject: IssuedSubject;
  /** Undefined: AWS does not know the certificate. */
  certificate: Result<CertificateDetail | undefined, Failure>;
  ca: Result<CaDetail, Failure>;
  things: string[];
  policies: PolicySummary[];
  /** Of the reads that the climb rests on. */
  failures: Failure[];
  climb: FirstConnectFacts;
  cause: LikelyCause | undefined;
  clientName: string;
  host: Result<string, Failure>;
};

/** @returns undefined when the ledger has no such certificate */
export async function readDevicePage(
  environment: Environment,
  certificateId: string,
  now: Date,
): Promise<DevicePage | undefined> {
  const row = await find(environment.id, certificateId, now);
  if (row === undefined) return undefined;
  const iot = iotFor(environment);
  const [described, ca, host] = await Promise.all([
    iot.describeCertificate(certificateId),
    iot.describeCaCertificate(row.caId),
    mqttHost(environment),
  ]);
  const certificate = orUnknown(described);
  const { things, policies } = await readAttached(environment, certificate);
  if (certificate.ok && certificate.value) {
    await recordSeen(environment.id, certificateId, certificate.value.status, now);
  }

  const subject = readIssuedSubject(row.subject);
  const template = ca.ok ? templateOf(ca.value) : undefined;
  const facts: CertificateFacts = {
    certificateId,
    serialNumberDecimal: BigInt(`0x${row.serial || '0'}`).toString(),
    subject: subject.fields,
  };
  const climb: FirstConnectFacts = {
    status: certificate.ok ? (certificate.value?.status ?? 'absent') : 'unread',
    wasSeen: row.lastSeenState !== undefined || (certificate.ok && certificate.value !== undefined),
    isThingAttached: things.ok ? things.value.length > 0 : undefined,
    isPolicyAttached: policies.ok ? policies.value.length > 0 : undefined,
    ...roadOf(ca, template),
  };
  const evaluation = template && dryRun(template, facts, EMPTY_SNAPSHOT);
  return {
    row,
    subject,
    certificate,
    ca,
    things: things.ok ? things.value : [],
    policies: policies.ok ? policies.value : [],
    failures: failuresOf([certificate, orUnknown(ca), things, policies]),
    climb,
    cause:
      isPendingLong(climb, certificate, now) && ca.ok
        ? await findCause(environment, ca.value.registrationConfig, template, facts)
        : undefined,
    clientName: (things.ok ? things.value[0] : undefined) ?? clientNameOf(evaluation, facts),
    host,
  };
}

/** That AWS does not know it is an answer, not a failure. */
function orUnknown<T>(described: Result<T, Failure>): Result<T | undefined, Failure> {
  return !described.ok && described.failure.kind === 'not-found' ? ok(undefined) : described;
}

type Attached = { things: Result<string[], Failure>; policies: Result<PolicySummary[], Failure> };

/** Without a certificate to ask about, what is attached is as unknown as the certificate. */
async function readAttached(
  environment: Environment,
  certificate: DevicePage['certificate'],
): Promise<Attached> {
  if (!certificate.ok) return { things: certificate, policies: certificate };
  if (certificate.value === undefined) return { things: ok([]), policies: ok([]) };
  const iot = iotFor(environment);
  const first = { pageSize: ATTACHED_SHOWN_MAX, token: undefined };
  const [things, policies] = await Promise.all([
    iot.listPrincipalThings(certificate.value.arn, first),
    iot.listAttachedPolicies(certificate.value.arn, first),
  ]);
  return {
    things: things.ok ? ok(things.value.items) : things,
    policies: policies.ok ? ok(policies.value.items) : policies,
  };
}

/** One of each kind and call: an AWS that is unreachable or busy is so for every call. */
function failuresOf(reads: readonly Result<unknown, Failure>[]): Failure[] {
  const byCall = new Map<string, Failure>();
  for (const read of reads) {
    if (!read.ok) byCall.set(failureKey(read.failure), read.failure);
  }
  return [...byCall.values()];
}

function templateOf({ registrationConfig }: CaDetail): Template | undefined {
  if (registrationConfig?.kind !== 'inline') return undefined;
  const parsed = parseTemplate(registrationConfig.templateBody);
  return parsed.ok ? parsed.value : undefined;
}

/**
 * A template that cannot be parsed here is taken to make what templates make, and so is that of a CA that AWS no longer
 * has. Of a CA that could not be read nothing is taken for known.
 */
function roadOf(
  ca: Result<CaDetail, Failure>,
  template: Template | undefined,
): Pick<FirstConnectFacts, 'road' | 'expects'> {
  if (ca.ok && ca.value.registrationConfig === undefined) {
    return { road: 'jitr', expects: { thing: false, policy: true } };
  }
  if (!ca.ok && ca.failure.kind !== 'not-found') {
    return { road: 'unknown', expects: { thing: undefined, policy: undefined } };
  }
  const makes = (kind: 'thing' | 'policy') =>
    template === undefined || template.resources.some((resource) => resource.kind === kind);
  return { road: ca.ok ? 'jitp' : 'unknown', expects: { thing: makes('thing'), policy: makes('policy') } };
}

function isPendingLong(climb: FirstConnectFacts, certificate: DevicePage['certificate'], now: Date): boolean {
  if (firstConnect(climb).phase !== 'provisioning' || !certificate.ok) return false;
  const since = certificate.value?.createdAt;
  return since !== undefined && now.getTime() - since.getTime() > PENDING_LONG_MS;
}
