import { existsSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { callAws } from './call-aws';
import { CertificateMint, type MintedCa } from './certificate-mint';
import { makeFleetRole, registerFleetCa } from './fleet-ca';
import { lostOrHalfDone } from './kill-check';
import { type Acknowledged, FLEET_POLICY, loadUntilKilled, nothingAcknowledged } from './kill-load';
import { SandboxProcess } from './sandbox-process';
import { seededRandom } from './seeded-random';

/** What must have been acknowledged before the seed's wait begins: a process that starts slowly is killed at work, too. */
const ACKNOWLEDGED_MIN = 20;
/** Stale entries that are compacted away: few, so that a snapshot is being written most of the time. */
const COMPACT_AFTER = 50;
const KILL_AFTER_MS_MAX = 600;
const SNAPSHOT_WAIT_MS_MAX = 5_000;
const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';

export type KillReport = {
  acknowledged: number;
  faults: string[];
  /** A snapshot was being written when the kill came. */
  wasCompacting: boolean;
};

const countOf = ({ things, changed, deleted, certificates, registered, provisioned }: Acknowledged) =>
  things.size + changed.size + deleted.size + certificates.size + registered.size + provisioned.size;

/** Steps, of which the last ones can be looked for. */
const stepsOf = ({ overwritten: { shadows, retained } }: Acknowledged) =>
  [...shadows.values(), ...retained.values()].reduce((sum, steps) => sum + steps, 0);

/** Kills one sandbox again and again under load, on one data directory, and looks at what it still knows. */
export class KillRounds {
  readonly #bundle: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #mint = new CertificateMint();
  readonly #ca: MintedCa = this.#mint.ca('Kill CA', 'ec');
  /** Where a snapshot is as long as it is written. */
  readonly #snapshot: string;
  #prepared: Promise<void> | undefined;

  constructor(bundle: string, dataDir: string) {
    this.#bundle = bundle;
    this.#env = {
      SANDBOX_DATA_DIR: dataDir,
      SANDBOX_PROVISIONING_DELAY_MS: '5',
      SANDBOX_COMPACT_AFTER: String(COMPACT_AFTER),
    };
    this.#snapshot = path.join(dataDir, 'state.jsonl.new');
  }

  /** One life and death; the seed decides the moment, and every other one waits for a snapshot to be written. */
  async kill(seed: number): Promise<KillReport> {
    const acknowledged = await this.#liveAndDie(seed);
    const wasCompacting = existsSync(this.#snapshot);
    const survivor = new SandboxProcess(this.#bundle, this.#env);
    try {
      const { api } = await survivor.ready();
      const faults = await lostOrHalfDone(api, acknowledged);
      return { acknowledged: countOf(acknowledged) + stepsOf(acknowledged), faults, wasCompacting };
    } finally {
      await survivor.end('SIGKILL');
    }
  }

  async #liveAndDie(seed: number): Promise<Acknowledged> {
    const sandbox = new SandboxProcess(this.#bundle, this.#env);
    const acknowledged = nothingAcknowledged();
    let isKilled = false;
    try {
      const { api, mqtt } = await sandbox.ready();
      this.#prepared ??= this.#prepare(api);
      await this.#prepared;
      const parts = { api, mqttPort: mqtt.port, mint: this.#mint, ca: this.#ca, acknowledged };
      const load = loadUntilKilled({ ...parts, prefix: `seed-${seed}`, isKilled: () => isKilled });
      const killing = (async () => {
        while (!isKilled && countOf(acknowledged) < ACKNOWLEDGED_MIN) await wait(5);
        await wait(seededRandom(seed)() * KILL_AFTER_MS_MAX);
        if (seed % 2 === 1) await this.#snapshotBegins();
        isKilled = true;
        await sandbox.end('SIGKILL');
      })();
      await Promise.race([load, killing]);
      await load;
    } finally {
      isKilled = true;
      await sandbox.end('SIGKILL');
    }
    return acknowledged;
  }

  async #snapshotBegins(): Promise<void> {
    const signal = AbortSignal.timeout(SNAPSHOT_WAIT_MS_MAX);
    try {
      for await (const { filename } of watch(path.dirname(this.#snapshot), { signal })) {
        if (filename === path.basename(this.#snapshot)) return;
      }
    } catch (error) {
      if (!signal.aborted) throw error; // none came: killed all the same
    }
  }

  async #prepare(api: string): Promise<void> {
    await makeFleetRole(api);
    await registerFleetCa(api, this.#ca, this.#mint);
    await callAws(api, 'POST', `/policies/${FLEET_POLICY}`, { policyDocument: POLICY });
  }
}
