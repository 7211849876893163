/** What AWS would not tell: why a step was refused or failed. */
export type Explanation = {
  /** Stable, dash-separated name of the reason, for example `ca-not-active`. */
  code: string;
  /** One English sentence that says what happened and what to do. */
  message: string;
  region?: string | undefined;
  certificateId?: string | undefined;
  caCertificateId?: string | undefined;
  clientId?: string | undefined;
  /** Facts of the sentence, so that other texts can be made of them. */
  params?: Readonly<Record<string, string | number | boolean | null>> | undefined;
};

export type ExplanationEvent = Explanation & {
  /** 1 for the first event of the process; never reused, not even by a reset. */
  sequence: number;
  /** ISO 8601, UTC. */
  at: string;
};

/** Enough for a bench of devices that reconnect for an hour; older ones give way, so memory stays bounded. */
const EVENTS_MAX = 2000;

/** Keeps the latest explanations, in memory only. */
export class Explanations {
  #events: ExplanationEvent[] = [];
  #sequence = 0;
  readonly #listeners = new Set<() => void>();

  /** The sequence of the latest event; 0 before the first. */
  get lastSequence(): number {
    return this.#sequence;
  }

  explain(explanation: Explanation, at: Date): ExplanationEvent {
    const event = { sequence: ++this.#sequence, at: at.toISOString(), ...explanation };
    this.#events.push(event);
    if (this.#events.length > EVENTS_MAX * 2) this.#events = this.#events.slice(-EVENTS_MAX);
    for (const listener of this.#listeners) listener();
    return event;
  }

  /** Told after every new event. Answers what ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Events with a sequence above `sequence`, oldest first. */
  after(sequence: number): readonly ExplanationEvent[] {
    return this.#events.slice(-EVENTS_MAX).filter((event) => event.sequence > sequence);
  }

  clear(): void {
    this.#events = [];
  }
}
