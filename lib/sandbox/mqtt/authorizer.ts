import type { ConnectPacket } from './connect-packet';
import type { PolicyReason } from './reason';

export type Verdict = { ok: true } | { ok: false; reason: PolicyReason };

/** What a connection's principal may do; asked at each packet, so that a changed policy works at once. */
export type Authorizer = {
  connect(packet: ConnectPacket): Verdict;
  publish(message: { topic: string; retain: boolean }): Verdict;
  subscribe(filter: string): Verdict;
  receive(topic: string): Verdict;
};

const ALLOWED: Verdict = { ok: true };

/** For callers with IAM credentials, whose policies the sandbox does not keep. */
export const allowEverything: Authorizer = {
  connect: () => ALLOWED,
  publish: () => ALLOWED,
  subscribe: () => ALLOWED,
  receive: () => ALLOWED,
};
