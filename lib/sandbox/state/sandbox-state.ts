import { EventEmitter } from 'node:events';
import { ApiError } from '@/lib/sandbox/api-error';
import { FaultPlan } from '@/lib/sandbox/call-admission/fault-plan';
import type { RateBuckets } from '@/lib/sandbox/call-admission/rate-buckets';
import { ConnectivityLedger } from '@/lib/sandbox/connectivity';
import { Explanations } from '@/lib/sandbox/explanations';
import type { FunctionRunner } from '@/lib/sandbox/lambda/function-runner';
import type { MessageBus } from '@/lib/sandbox/message-bus';
import { IamState } from './iam-state';
import type { Journal } from './journal';
import type { CertificateStatus } from './records';
import { RegionState } from './region-state';
import type { Store } from './store';

/** What others want to hear of; emitted when memory has changed, before the change is durable. */
export type SandboxChanges = {
  /** `status` is undefined when the certificate was deleted. */
  'certificate-status': [
    change: { region: string; certificateId: string; status: CertificateStatus | undefined },
  ];
  /** Everything is gone. */
  reset: [];
};

/** Three times as many as AWS has; each costs its tables, and every device that connects is looked for in all of them. */
const REGIONS_MAX = 100;

/** All that the sandbox knows. Reads and changes are synchronous; {@link durable} comes before an acknowledgement. */
export class SandboxState {
  readonly accountId: string;
  readonly iam: IamState;
  readonly changes = new EventEmitter<SandboxChanges>();
  readonly explanations = new Explanations();
  readonly connectivity = new ConnectivityLedger();
  readonly faults = new FaultPlan(Math.random);
  /** Set when calls and devices are held to AWS's rates. */
  rates: RateBuckets | undefined;
  /** Set as soon as the broker listens. */
  messageBus: MessageBus | undefined;
  /** Set as soon as functions can reach the API. */
  functionRunner: FunctionRunner | undefined;
  /** Seals page tokens, so that a token that was tampered with is known. */
  readonly tokenSecret: Uint8Array;
  readonly #store: Store;
  readonly #journal: Journal;
  readonly #regions = new Map<string, RegionState>();

  constructor({ accountId, store, journal, tokenSecret }: SandboxStateParts) {
    this.accountId = accountId;
    this.tokenSecret = tokenSecret;
    this.#store = store;
    this.#journal = journal;
    this.iam = new IamState({ accountId, store });
    for (const name of regionsIn(store)) this.region(name);
  }

  /**
   * The state of one Region, made empty on first use.
   *
   * @throws ApiError LimitExceededException when too many Regions hold something
   */
  region(name: string): RegionState {
    const known = this.#regions.get(name);
    if (known) return known;
    if (this.#regions.size >= REGIONS_MAX) this.#forgetUnusedRegions();
    if (this.#regions.size >= REGIONS_MAX) {
      throw new ApiError(
        'LimitExceededException',
        `The sandbox keeps ${REGIONS_MAX} Regions. POST /_sandbox/reset empties them.`,
      );
    }
    const region = new RegionState(name, { accountId: this.accountId, store: this.#store });
    this.#regions.set(name, region);
    return region;
  }

  /** Those that were only looked at. */
  #forgetUnusedRegions(): void {
    for (const [name, region] of this.#regions) {
      if (!region.isHeld && this.#store.forgetEmpty(`${name}/`)) this.#regions.delete(name);
    }
  }

  regions(): IterableIterator<RegionState> {
    return this.#regions.values();
  }

  /** Resolves when every change made so far survives `kill -9`. */
  durable(): Promise<void> {
    return this.#journal.durable();
  }

  /** Forgets everything; the server's own TLS identity is not part of this. */
  reset(): void {
    this.#store.clear();
    this.#journal.log(['reset']);
    this.explanations.clear();
    this.connectivity.clear();
    this.faults.clear();
    this.rates?.clear();
    this.changes.emit('reset');
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}

export type SandboxStateParts = {
  accountId: string;
  store: Store;
  journal: Journal;
  tokenSecret: Uint8Array;
};

/** Tables of a Region are named `region/…`; those of IAM are global. */
function regionsIn(store: Store): Set<string> {
  const names = [...store.tableNames()].map((table) => table.slice(0, table.indexOf('/')));
  return new Set(names.filter((name) => name !== 'iam'));
}
