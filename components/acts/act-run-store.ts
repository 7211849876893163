/**
 * The run of this tab. It goes on while the person looks at other pages of the environment, and a reload finds it again.
 * @module
 */

import type { Failure } from '@/lib/failure';
import { type Act, batchSizeOf } from '@/lib/registry/act';
import type { Approval } from '@/lib/registry/approval';
import type { Result } from '@/lib/result';
import { type ActRun, type ActSubject, newRun, settle, withFailedWaiting } from './act-run';
import { type BatchAnswer, drive } from './drive';
import { parseRun, printRun } from './kept-run';

export type SendAct = (
  act: Act,
  resources: readonly string[],
  approval: Approval | undefined,
) => Promise<Result<readonly BatchAnswer[], Failure>>;

/** Where a run is kept over a reload. */
export type Keep = { read(): string | undefined; write(text: string | undefined): void };

export type StoreParts = {
  send: SendAct;
  keep: Keep;
  nowMs: () => number;
  sleep: (ms: number) => Promise<void>;
};

const STOPPABLE: readonly ActRun['phase'][] = ['running', 'pausing'];

export class ActRunStore {
  readonly #parts: StoreParts;
  readonly #listeners = new Set<() => void>();
  #run: ActRun | undefined;
  /** Where a stop leads once the batch on its way has come back; undefined: nobody stopped it. */
  #stop: 'paused' | 'cancelled' | undefined;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): ActRun | undefined => this.#run;

  /** Whether a batch is on its way, or the next one follows. */
  get isActive(): boolean {
    return this.#run !== undefined && STOPPABLE.includes(this.#run.phase);
  }

  /** Finds what a reload interrupted. */
  restore(): void {
    if (this.#run !== undefined) return;
    const text = this.#parts.keep.read();
    const found = text === undefined ? undefined : parseRun(text);
    if (found !== undefined) this.#set(found);
  }

  /** A second start while one is active, as by a double click, does nothing. */
  start(act: Act, subjects: readonly ActSubject[], approval?: Approval): void {
    if (this.isActive || subjects.length === 0) return;
    const unique = [...new Map(subjects.map((subject) => [subject.id, subject])).values()];
    this.#set(newRun(act, unique, approval));
    void this.#go();
  }

  pause(): void {
    this.#stopAs('paused');
  }

  /** What has not begun is left as it is. */
  cancel(): void {
    if (this.isActive) this.#stopAs('cancelled');
    else if (this.#run !== undefined) this.#set({ ...this.#run, phase: 'cancelled', failure: undefined });
  }

  resume(): void {
    if (this.isActive || this.#run === undefined) return;
    void this.#go();
  }

  /** Only what failed is sent again. */
  retryFailed(): void {
    if (this.isActive || this.#run === undefined) return;
    this.#set({ ...this.#run, items: withFailedWaiting(this.#run.items) });
    void this.#go();
  }

  dismiss(): void {
    if (!this.isActive) this.#set(undefined);
  }

  #stopAs(phase: 'paused' | 'cancelled'): void {
    if (!this.isActive || this.#run === undefined) return;
    this.#stop = phase;
    this.#set({ ...this.#run, phase: 'pausing' });
  }

  async #go(): Promise<void> {
    const begun = this.#run;
    if (begun === undefined) return;
    const { act, approval } = begun;
    const { nowMs, sleep, send } = this.#parts;
    this.#stop = undefined;
    this.#set({ ...begun, phase: 'running', failure: undefined });
    let sinceMs = nowMs();
    const waiting = begun.items.filter(({ state }) => state === 'waiting').map(({ subject }) => subject.id);
    const ended = await drive(waiting, {
      batchSize: batchSizeOf(act),
      send: (resources) => send(act, resources, approval),
      isStopped: () => this.#stop !== undefined,
      sleep,
      report: (settled) => {
        const run = this.#run;
        if (run === undefined) return;
        const atMs = nowMs();
        this.#set({
          ...run,
          items: settle(run.items, settled),
          activeMs: run.activeMs + atMs - sinceMs,
          settledCount: run.settledCount + settled.size,
        });
        sinceMs = atMs;
      },
    });
    if (this.#run === undefined) return;
    const isLeft = this.#run.items.some(({ state }) => state === 'waiting');
    if (ended !== undefined) {
      this.#set({ ...this.#run, phase: 'stopped', failure: ended.kind === 'no-answer' ? undefined : ended });
    } else this.#set({ ...this.#run, phase: isLeft ? (this.#stop ?? 'paused') : 'finished' });
  }

  #set(run: ActRun | undefined): void {
    this.#run = run;
    const isOver = run === undefined || run.phase === 'finished' || run.phase === 'cancelled';
    this.#parts.keep.write(isOver ? undefined : printRun(run));
    for (const listener of this.#listeners) listener();
  }
}
