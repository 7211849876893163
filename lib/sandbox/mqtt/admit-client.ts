import { connectLimit, registrationLimit } from '@/lib/sandbox/call-admission/device-rates';
import type { Provisioner } from '@/lib/sandbox/jitp/provisioner';
import { publishRegisteredEvent } from '@/lib/sandbox/jitp/registered-event';
import { registerPendingCertificate } from '@/lib/sandbox/operations/certificates/register-certificate';
import type { Scope } from '@/lib/sandbox/scope';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { closeQuietly } from '@/lib/sandbox/tls/close-quietly';
import type { PresentedCertificate } from '@/lib/sandbox/tls/peer-certificates';
import { judgeServerName } from '@/lib/sandbox/tls/server-name';
import { rememberParsed } from '@/lib/sandbox/x509/parsed-lately';
import { type Admission, type AdmissionFacts, decideAdmission, type KnownCertificate } from './admission';
import type { ConnectionEvents } from './broker/connection-parts';
import type { ByteBudget } from './byte-budget';
import type { IssuerFinder } from './issuers';
import { leafFacts } from './leaf-facts';
import { letIn } from './let-in';
import type { LifecycleEvents } from './lifecycle-events';
import type { OpenConnections } from './open-connections';
import type { RegionalBrokers } from './regional-brokers';
import type { Arrival } from './serve-connection';

/** Everything that judging and letting in a device needs. */
export type AdmissionDesk = {
  sandbox: SandboxState;
  now: () => Date;
  issuers: IssuerFinder;
  brokers: RegionalBrokers;
  provisioner: Provisioner;
  open: OpenConnections;
  lifecycle: LifecycleEvents;
  /** Hear of each connection that was let in. */
  events: ConnectionEvents;
  /** What all clients' unfinished packets and wills may hold. */
  held: ByteBudget;
  connectTimeoutMs: number;
  /** Hears of what should not happen. */
  onFault(error: Error): void;
};

/** Judges a CONNECT and carries the verdict out. */
export async function admitClient(arrival: Arrival, desk: AdmissionDesk): Promise<void> {
  const { transport, reporter } = arrival;
  const { stream, identity } = transport;
  if (identity.kind === 'iam') {
    reporter.labels = { ...reporter.labels, region: identity.region };
    return letIn(arrival, identity, desk);
  }
  const { chain } = identity;
  const admission = decideAdmission(gatherFacts(chain, transport.serverName, desk));
  const [leaf] = chain;
  if (admission.kind === 'refuse') {
    reporter.report(admission.reason, { region: admission.region });
    closeQuietly(stream);
    return;
  }
  if (leaf === undefined) throw new TypeError('a device without certificate is refused');
  const { region } = admission;
  reporter.labels = { ...reporter.labels, region };
  for (const warning of admission.warnings) reporter.report(warning);
  if (admission.kind === 'authorize') return letIn(arrival, { kind: 'certificate', region, leaf }, desk);
  try {
    await meetPendingDevice(admission, { desk, leaf, arrival });
  } finally {
    closeQuietly(stream);
  }
}

function gatherFacts(
  chain: readonly PresentedCertificate[],
  serverName: string | undefined,
  { sandbox, now, issuers }: AdmissionDesk,
): AdmissionFacts {
  const [leaf] = chain;
  const known: KnownCertificate[] = [];
  for (const region of leaf === undefined ? [] : sandbox.regions()) {
    const certificate = region.certificates.get(leaf?.certificateId ?? '');
    if (certificate !== undefined) known.push({ ...certificate, region: region.name });
  }
  return {
    now: now().getTime(),
    serverName: judgeServerName(serverName),
    // A certificate that is registered is judged by its registration; key and issuer are not looked at again.
    leaf: leaf && leafFacts(leaf.x509, { withKey: known.length === 0 }),
    known,
    ...(known.length > 0 ? { issuers: [], namesakes: 0 } : issuers.find(chain)),
  };
}

type PendingAdmission = Extract<Admission, { kind: 'register' | 'retry' }>;
type Visit = { desk: AdmissionDesk; leaf: PresentedCertificate; arrival: Arrival };

/** First contact, or another one before activation: register if need be, tell, have it provisioned. */
async function meetPendingDevice(
  admission: PendingAdmission,
  { desk, leaf, arrival: { connect, reporter } }: Visit,
): Promise<void> {
  const { kind, region, caCertificateId } = admission;
  const { sandbox, now } = desk;
  const { certificateId } = leaf;
  const counting = { sandbox, accountId: sandbox.accountId, region: { name: region }, now };
  const limit = connectLimit(counting, connect.clientId);
  if (limit !== undefined) {
    reporter.report({ code: 'connect-throttled', ...limit });
    return;
  }
  const full = kind === 'register' ? registrationLimit(counting) : undefined;
  if (full !== undefined) {
    reporter.report({ code: 'registration-throttled', caCertificateId, perSecond: full.perSecond });
    return;
  }
  const scope: Scope = { sandbox, region: sandbox.region(region), accountId: sandbox.accountId, now };
  if (kind === 'register') {
    const certificatePem = leaf.x509.toString();
    rememberParsed(certificatePem, leaf.x509);
    registerPendingCertificate(scope, { certificatePem, caCertificateId });
    // Before anybody hears of it: what was announced must still be there after a crash.
    await sandbox.durable();
  }
  const code = kind === 'register' ? 'certificate-registered' : 'certificate-still-pending';
  reporter.report({ code, caCertificateId });
  desk.provisioner.request({ region, certificateId });
  await publishRegisteredEvent(desk.brokers, {
    region,
    certificateId,
    caCertificateId,
    accountId: sandbox.accountId,
    at: now(),
  });
}
