import { connectLimit } from '@/lib/sandbox/call-admission/device-rates';
import { closeQuietly } from '@/lib/sandbox/tls/close-quietly';
import type { PresentedCertificate } from '@/lib/sandbox/tls/peer-certificates';
import type { AdmissionDesk } from './admit-client';
import { type Authorizer, allowEverything } from './authorizer';
import { ClientConnection } from './broker/client-connection';
import { bytesOf } from './broker/message';
import type { ByteBudget } from './byte-budget';
import { ClientGuard } from './client-guard';
import { DeviceAuthorizer } from './device-authorizer';
import type { Reason } from './reason';
import { REASON_CODE, reasonCodeOf } from './reason-codes';
import { refuseConnect } from './refuse-connect';
import type { Arrival } from './serve-connection';

/** Whom the policies are asked about. */
export type Principal =
  | { kind: 'certificate'; region: string; leaf: PresentedCertificate }
  | { kind: 'iam'; region: string; principal: string };

/** Asks the policies for the connection, and hands it to the Region's broker. */
export function letIn(arrival: Arrival, principal: Principal, desk: AdmissionDesk): void {
  if (arrival.transport.stream.destroyed) return;
  const { transport, connect, early, framer, reporter, assignedId } = arrival;
  const { clientId } = connect;
  const { region } = principal;
  const { sandbox, now } = desk;
  const guard = new ClientGuard(authorizerOf(arrival, principal, desk));
  const certificateId = principal.kind === 'certificate' ? principal.leaf.certificateId : undefined;
  const facts = {
    region,
    clientId,
    principal: principal.kind === 'certificate' ? principal.leaf.certificateId : principal.principal,
    certificateId,
    sessionId: crypto.randomUUID(),
    connectedAt: desk.now(),
  };
  const counting = { sandbox, accountId: sandbox.accountId, region: { name: region }, now };
  const limit = connectLimit(counting, clientId);
  if (limit !== undefined) {
    turnAway(arrival, { code: 'connect-throttled', ...limit });
    desk.lifecycle.connectThrottled(facts, transport);
    return;
  }
  const refusal = guard.connect(connect) ?? holdWill(arrival, desk.held);
  if (refusal !== undefined) {
    turnAway(arrival, refusal);
    if (reasonCodeOf(refusal) === REASON_CODE.notAuthorized) desk.lifecycle.connectFailed(facts, transport);
    return;
  }
  const { identity: _, ...rest } = transport;
  const connection = new ClientConnection({
    facts,
    transport: rest,
    framer,
    connect,
    assignedId,
    guard,
    reporter,
    broker: desk.brokers.of(region),
    events: desk.events,
    excess: desk.sandbox.rates === undefined ? 'delayed' : 'discarded',
    now: () => desk.now().getTime(),
    durable: () => desk.sandbox.durable(),
    onFault: desk.onFault,
  });
  connection.inbox.open(early);
}

/** MQTT 5 clients are told why, all others find the connection closed. */
function turnAway({ transport: { stream }, connect: { version }, reporter }: Arrival, refusal: Reason): void {
  reporter.report(refusal);
  refuseConnect(stream, { version, code: reasonCodeOf(refusal) });
  closeQuietly(stream);
}

/** A will stays in memory for as long as its connection lives: all of them together are bounded. `broker/wills.ts` counts it from then on. */
function holdWill({ connect: { will }, transport }: Arrival, held: ByteBudget): Reason | undefined {
  if (will === undefined) return undefined;
  const bytes = bytesOf(will);
  held.add(bytes);
  transport.stream.once('close', () => held.add(-bytes));
  return held.exhausted ? { code: 'memory-exhausted', bytesMax: held.bytesMax } : undefined;
}

function authorizerOf(
  { transport, connect }: Arrival,
  principal: Principal,
  desk: AdmissionDesk,
): Authorizer {
  if (principal.kind === 'iam') return allowEverything;
  return new DeviceAuthorizer({
    region: desk.sandbox.region(principal.region),
    certificateId: principal.leaf.certificateId,
    x509: principal.leaf.x509,
    clientId: connect.clientId,
    sourceIp: transport.remoteAddress,
  });
}
