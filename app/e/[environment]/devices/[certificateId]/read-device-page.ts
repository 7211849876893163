import 'server-only';
import { clientNameOf, dryRun, EMPTY_SNAPSHOT } from '@/components/device/dry-run';
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
  const attached = await readAttached(environment, certificate.ok ? certificate.value : undefined);
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
    status: certificate.ok ? certificate.value?.status : undefined,
    isThingAttached: attached.things.length > 0,
    isPolicyAttached: attached.policies.length > 0,
    ...roadOf(ca, template),
  };
  const evaluation = template && dryRun(template, facts, EMPTY_SNAPSHOT);
  return {
    row,
    subject,
    certificate,
    ca,
    ...attached,
    climb,
    cause:
      isPendingLong(climb, certificate, now) && ca.ok
        ? await findCause(environment, ca.value.registrationConfig, template, facts)
        : undefined,
    clientName: attached.things[0] ?? clientNameOf(evaluation, facts),
    host,
  };
}

function orUnknown(
  described: Result<CertificateDetail, Failure>,
): Result<CertificateDetail | undefined, Failure> {
  return !described.ok && described.failure.kind === 'not-found' ? ok(undefined) : described;
}

/** What could not be read counts as not attached yet: the next read will tell. */
async function readAttached(
  environment: Environment,
  certificate: CertificateDetail | undefined,
): Promise<Pick<DevicePage, 'things' | 'policies'>> {
  if (certificate === undefined) return { things: [], policies: [] };
  const iot = iotFor(environment);
  const first = { pageSize: ATTACHED_SHOWN_MAX, token: undefined };
  const [things, policies] = await Promise.all([
    iot.listPrincipalThings(certificate.arn, first),
    iot.listAttachedPolicies(certificate.arn, first),
  ]);
  return { things: things.ok ? things.value.items : [], policies: policies.ok ? policies.value.items : [] };
}

function templateOf({ registrationConfig }: CaDetail): Template | undefined {
  if (registrationConfig?.kind !== 'inline') return undefined;
  const parsed = parseTemplate(registrationConfig.templateBody);
  return parsed.ok ? parsed.value : undefined;
}

/** A template that cannot be read here is taken to make what templates make; without a CA nothing better is known. */
function roadOf(
  ca: Result<CaDetail, Failure>,
  template: Template | undefined,
): Pick<FirstConnectFacts, 'road' | 'expects'> {
  if (ca.ok && ca.value.registrationConfig === undefined) {
    return { road: 'jitr', expects: { thing: false, policy: true } };
  }
  const makes = (kind: 'thing' | 'policy') =>
    template === undefined || template.resources.some((resource) => resource.kind === kind);
  return { road: 'jitp', expects: { thing: makes('thing'), policy: makes('policy') } };
}

function isPendingLong(climb: FirstConnectFacts, certificate: DevicePage['certificate'], now: Date): boolean {
  if (firstConnect(climb).phase !== 'provisioning' || !certificate.ok) return false;
  const since = certificate.value?.createdAt;
  return since !== undefined && now.getTime() - since.getTime() > PENDING_LONG_MS;
}
