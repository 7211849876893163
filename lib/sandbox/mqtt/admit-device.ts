import type { Provisioner } from '@/lib/sandbox/jitp/provisioner';
import { publishRegisteredEvent } from '@/lib/sandbox/jitp/registered-event';
import { registerPendingCertificate } from '@/lib/sandbox/operations/certificates/register-certificate';
import type { Scope } from '@/lib/sandbox/scope';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { closeQuietly } from '@/lib/sandbox/tls/close-quietly';
import type { PresentedCertificate } from '@/lib/sandbox/tls/peer-certificates';
import { judgeServerName } from '@/lib/sandbox/tls/server-name';
import { type Admission, type AdmissionFacts, decideAdmission, type KnownCertificate } from './admission';
import { DeviceAuthorizer } from './device-authorizer';
import { DeviceDelegate } from './device-delegate';
import { DeviceStream } from './device-stream';
import type { IssuerFinder } from './issuers';
import { leafFacts } from './leaf-facts';
import type { OpenConnections } from './open-connections';
import { clampKeepAlive } from './packet-rules';
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
  connectTimeoutMs: number;
  /** Hears of what should not happen. */
  onFault(error: Error): void;
};

/** Judges a CONNECT and carries the verdict out. */
export async function admitDevice(arrival: Arrival, desk: AdmissionDesk): Promise<void> {
  const { socket, chain, reporter } = arrival;
  const admission = decideAdmission(gatherFacts(arrival, desk));
  const [leaf] = chain;
  if (admission.kind === 'refuse') {
    reporter.report(admission.reason, admission.region);
    closeQuietly(socket);
    return;
  }
  if (leaf === undefined) throw new TypeError('a device without certificate is refused');
  const { region } = admission;
  reporter.labels = { ...reporter.labels, region };
  for (const warning of admission.warnings) reporter.report(warning);
  if (admission.kind === 'authorize') return letIn(arrival, { desk, leaf, region });
  try {
    await meetPendingDevice(admission, { desk, leaf, arrival });
  } finally {
    closeQuietly(socket);
  }
}

function gatherFacts({ socket, chain }: Arrival, { sandbox, now, issuers }: AdmissionDesk): AdmissionFacts {
  const [leaf] = chain;
  const known: KnownCertificate[] = [];
  for (const region of leaf === undefined ? [] : sandbox.regions()) {
    const certificate = region.certificates.get(leaf?.certificateId ?? '');
    if (certificate !== undefined) known.push({ ...certificate, region: region.name });
  }
  return {
    now: now().getTime(),
    serverName: judgeServerName(socket.servername),
    leaf: leaf && leafFacts(leaf.x509),
    known,
    // A certificate that is registered is judged by its registration; its issuer is not looked for again.
    ...(known.length > 0 ? { issuers: [], namesakes: 0 } : issuers.find(chain)),
  };
}

type PendingAdmission = Extract<Admission, { kind: 'register' | 'retry' }>;
type Visit = { desk: AdmissionDesk; leaf: PresentedCertificate; arrival: Arrival };

/** First contact, or another one before activation: register if need be, tell, have it provisioned. */
async function meetPendingDevice(admission: PendingAdmission, { desk, leaf, arrival }: Visit): Promise<void> {
  const { kind, region, caCertificateId } = admission;
  const { sandbox, now } = desk;
  const { certificateId } = leaf;
  const scope: Scope = { sandbox, region: sandbox.region(region), accountId: sandbox.accountId, now };
  if (kind === 'register') {
    registerPendingCertificate(scope, { certificatePem: leaf.x509.toString(), caCertificateId });
    // Before anybody hears of it: what was announced must still be there after a crash.
    await sandbox.durable();
  }
  const code = kind === 'register' ? 'certificate-registered' : 'certificate-still-pending';
  arrival.reporter.report({ code, caCertificateId });
  desk.provisioner.request({ region, certificateId });
  await publishRegisteredEvent(desk.brokers, {
    region,
    certificateId,
    caCertificateId,
    accountId: sandbox.accountId,
    at: now(),
  });
}

async function letIn(
  { socket, connect, connectPacket, early, framer, reporter }: Arrival,
  { desk, leaf, region }: { desk: AdmissionDesk; leaf: PresentedCertificate; region: string },
): Promise<void> {
  const { clientId } = connect;
  const authorizer = new DeviceAuthorizer({
    region: desk.sandbox.region(region),
    certificateId: leaf.certificateId,
    x509: leaf.x509,
    clientId,
    sourceIp: socket.remoteAddress,
  });
  const delegate = new DeviceDelegate(authorizer, reporter);
  const verdict = delegate.connect(connect);
  if (!verdict) {
    closeQuietly(socket);
    return;
  }
  const broker = await desk.brokers.of(region);
  if (socket.destroyed) return;
  desk.open.admit({ region, certificateId: leaf.certificateId, clientId, socket, reporter });
  const stream = new DeviceStream({
    socket,
    framer,
    connect: clampKeepAlive(connectPacket),
    onRefused: (reason) => reporter.report(reason),
  });
  broker.accept(stream, delegate);
  stream.receiveEarly(early, framer.takeRest());
}
