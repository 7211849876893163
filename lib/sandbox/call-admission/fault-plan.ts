import { randomUUID } from 'node:crypto';

export const FAULTS = ['latency', 'throttling', 'server-error', 'dropped-connection'] as const;
export type FaultKind = (typeof FAULTS)[number];

/** Matches the calls of every operation. */
export const EVERY_OPERATION = '*';

export type FaultOrder = {
  /** AWS's name of the operation, or {@link EVERY_OPERATION}. */
  operation: string;
  fault: FaultKind;
  /** With `latency` only: how long a call waits before it is carried out. */
  latencyMs?: number | undefined;
  /** How many calls it hits; undefined: until it is removed. */
  count?: number | undefined;
  /** From 0 to 1, of each call that it could hit; undefined: always. */
  probability?: number | undefined;
};

/** A fault that is switched on. */
export type Fault = FaultOrder & {
  id: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** How many calls it has hit. */
  fired: number;
};

/** Tests that forget to remove theirs must not make every call dearer for ever. */
export const FAULTS_MAX = 100;

/** The faults that are switched on, in memory only. */
export class FaultPlan {
  readonly #faults = new Map<string, Fault>();
  readonly #random: () => number;

  /** @param random - from 0 up to but not 1 */
  constructor(random: () => number) {
    this.#random = random;
  }

  get size(): number {
    return this.#faults.size;
  }

  /** Oldest first. */
  list(): readonly Fault[] {
    return [...this.#faults.values()];
  }

  add(order: FaultOrder, at: Date): Fault {
    const fault = { id: randomUUID(), ...order, createdAt: at.toISOString(), fired: 0 };
    this.#faults.set(fault.id, fault);
    return fault;
  }

  remove(id: string): boolean {
    return this.#faults.delete(id);
  }

  clear(): void {
    this.#faults.clear();
  }

  /** The faults that hit this call, oldest first; each counts as fired, and goes when its count is used up. */
  fire(operation: string): readonly Fault[] {
    const hits: Fault[] = [];
    for (const fault of this.#faults.values()) {
      if (fault.operation !== operation && fault.operation !== EVERY_OPERATION) continue;
      if (fault.probability !== undefined && this.#random() >= fault.probability) continue;
      const fired = { ...fault, fired: fault.fired + 1 };
      if (fired.fired === fault.count) this.#faults.delete(fault.id);
      else this.#faults.set(fault.id, fired);
      hits.push(fired);
      // The call ends with it; later faults wait for later calls.
      if (fault.fault !== 'latency') break;
    }
    return hits;
  }
}
