import type { BatchPlan } from '@/lib/batch/batch-plan';
import { thingNameOf } from '@/lib/batch/thing-name';
import type { LeafIssuer } from '@/lib/pki/bulk/leaf-issuer';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import type { BatchStanding } from './batch.protocol';
import { type IssuedChunk, issueChunk } from './batch-issuer';
import type { BatchOutput, BatchOutputPlan } from './batch-output';
import type { Checkpoint } from './checkpoint';
import { unpackChunk } from './issued-chunk';

/** The first record of a checkpoint is the plan, all others are chunks of devices. */
const PLAN_RECORD = 0;

/** One batch with its checkpoint: what is to be made, what is made, and where it goes. */
export class OpenBatch {
  readonly checkpoint: Checkpoint;
  readonly plan: BatchPlan;
  readonly #finished: Set<number>;
  readonly #template: Template | undefined;
  #next = 0;
  #key: { handle: string; issuer: LeafIssuer } | undefined;
  output: BatchOutput | undefined;

  private constructor(checkpoint: Checkpoint, plan: BatchPlan, finished: Set<number>) {
    this.checkpoint = checkpoint;
    this.plan = plan;
    this.#finished = finished;
    const template = plan.templateBody === undefined ? undefined : parseTemplate(plan.templateBody);
    this.#template = template?.ok ? template.value : undefined;
  }

  static async begin(checkpoint: Checkpoint, plan: BatchPlan): Promise<OpenBatch> {
    if (checkpoint.records > 0) throw new Error('a batch can be begun only once');
    await checkpoint.append(new TextEncoder().encode(JSON.stringify(plan)));
    return new OpenBatch(checkpoint, plan, new Set());
  }

  /** @returns undefined where the page was closed before the plan was kept */
  static async reopen(checkpoint: Checkpoint): Promise<OpenBatch | undefined> {
    if (checkpoint.records === 0) return undefined;
    // Written by `begin` and sealed since.
    const plan: BatchPlan = JSON.parse(new TextDecoder().decode(await checkpoint.read(PLAN_RECORD)));
    const finished = new Set<number>();
    for (const chunk of chunksOf(checkpoint)) {
      for (const { index, key } of unpackChunk(await checkpoint.read(chunk))) {
        finished.add(index);
        key?.fill(0);
      }
    }
    return new OpenBatch(checkpoint, plan, finished);
  }

  get caHandle(): string {
    return this.#key?.handle ?? '';
  }

  unlock(handle: string, issuer: LeafIssuer): void {
    this.#key = { handle, issuer };
  }

  standing(): BatchStanding {
    return {
      settings: this.plan.settings,
      devices: this.plan.subjects.length,
      finished: this.#finished.size,
      chunks: chunksOf(this.checkpoint),
    };
  }

  /** The next devices that are missing; undefined when none is. Calls must not overlap. */
  async issueNext(devicesMax: number, crypto: Crypto): Promise<IssuedChunk | undefined> {
    if (this.#key === undefined) throw new Error('a batch without its issuer');
    const { subjects, requests, settings } = this.plan;
    const devices = [];
    for (let index = this.#next; index < subjects.length && devices.length < devicesMax; index += 1) {
      const subject = subjects[index];
      if (subject !== undefined && !this.#finished.has(index))
        devices.push({ index, device: { line: index + 1, subject, request: requests?.[index] } });
    }
    if (devices.length === 0) return undefined;
    const request = {
      devices,
      algorithm: settings.algorithm,
      hasOwnPassphrases: settings.passphraseRule === 'own',
    };
    const chunk = await issueChunk(request, this.#key.issuer, this.checkpoint, crypto);
    for (const { index } of devices) {
      this.#finished.add(index);
      this.#next = index + 1;
    }
    return chunk;
  }

  readonly namesOf: BatchOutputPlan['names'] = (index, { certificateId, serialHex }) => {
    const subject = this.plan.subjects[index] ?? {};
    const serialNumberDecimal = BigInt(`0x${serialHex}`).toString();
    return {
      commonName: subject.commonName ?? '',
      thingName: thingNameOf(this.#template, { certificateId, serialNumberDecimal, subject }),
    };
  };

  close(): void {
    this.checkpoint.close();
  }
}

function chunksOf({ records }: Checkpoint): number[] {
  return Array.from({ length: records - 1 }, (_, index) => index + 1);
}
