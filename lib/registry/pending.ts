/**
 * Certificates that wait to be let in, as the queue shows them: plain data that travels from the server to the page.
 * @module
 */
import type { JitrReason } from '@/lib/provisioning/jitr/decide';
import type { Approval } from './approval';
import type { CaRoad } from './ca-road';

/** Devices that one look reads: a call each, and one for each of their CAs. */
export const PENDING_LOOK_MAX = 25;

/** `approval`: what the CA's set-up of just-in-time registration gives its devices; undefined: it has none. */
export type PendingCa = { caId: string; name: string; road: CaRoad; approval: Approval | undefined };

/** `moved-on`: it is no longer pending, or gone; `unread`: AWS did not answer, or not to us. Times are ISO 8601. */
export type PendingLook = { certificateId: string } & (
  | { kind: 'moved-on' | 'unread' }
  | {
      kind: 'waiting';
      /** Undefined: it cannot be decoded. */
      subject:
        | { text: string; commonName: string | undefined; notAfter: string; isExpired: boolean }
        | undefined;
      /** Undefined: AWS has it without a CA, or the CA could not be read. */
      ca: PendingCa | undefined;
      /** Why the CA's set-up would not let it in; empty: it would, or there is none that decides. */
      objections: readonly JitrReason[];
      /** What the console knows itself; undefined: it was not issued here. */
      ledger:
        | {
            /** Issued here, brought in from a file, or found by a sweep, which nobody's name stands behind. */
            origin: 'issued' | 'imported' | 'swept';
            reservedAt: string;
            operatorName: string;
            batch: string | undefined;
          }
        | undefined;
    }
);

/** The attempts of one device to connect, the registering one among them, as far as somebody saw them. Times are ISO 8601. */
export type Attempt = { certificateId: string; count: number; firstAt: string; lastAt: string };

/**
 * AWS keeps no attempts. `sandbox`: those that a sandbox remembers; `console`: those that this process has heard of since it
 * runs, while anybody looked at a live page of the environment.
 */
export type Attempts = { toldBy: 'sandbox' | 'console'; seen: readonly Attempt[] };
