import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { describeReason, type PublishOutcome, type Reason } from './reason';

/** What an event says about the connection, as far as it is known yet. */
export type ConnectionLabels = {
  region?: string | undefined;
  certificateId?: string | undefined;
  clientId?: string | undefined;
};

type ReportDetails = {
  /** The Region, where the connection's labels do not have it yet. */
  region?: string | undefined;
  /** Of a refused publish. */
  outcome?: PublishOutcome;
};

/** Different events kept per connection; a device that repeats itself must not push everybody else's out. */
const EVENTS_PER_CONNECTION_MAX = 50;

/** Explains what happens to one connection, each thing once. */
export class ConnectionReporter {
  readonly #sandbox: SandboxState;
  readonly #now: () => Date;
  readonly #said = new Set<string>();
  labels: ConnectionLabels = {};

  constructor(sandbox: SandboxState, now: () => Date) {
    this.#sandbox = sandbox;
    this.#now = now;
  }

  report(reason: Reason, { region = this.labels.region, outcome }: ReportDetails = {}): void {
    const key = JSON.stringify(reason);
    if (this.#said.has(key) || this.#said.size >= EVENTS_PER_CONNECTION_MAX) return;
    this.#said.add(key);
    const { code, ...params } = reason;
    const caCertificateId = 'caCertificateId' in reason ? reason.caCertificateId : undefined;
    const message = describeReason(reason, outcome);
    this.#sandbox.explanations.explain(
      { code, message, params, ...this.labels, region, caCertificateId },
      this.#now(),
    );
  }
}
