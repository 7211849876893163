import { setTimeout as wait } from 'node:timers/promises';
import { CertificateMint, type MintedCa } from './certificate-mint';
import { makeFleetRole, registerFleetCa } from './fleet-ca';
import { lostOrHalfDone } from './kill-check';
import { type Acknowledged, callIot, FLEET_POLICY, loadUntilKilled, nothingAcknowledged } from './kill-load';
import { SandboxProcess } from './sandbox-process';
import { seededRandom } from './seeded-random';

/** What must have been acknowledged before the seed's wait begins: a process that starts slowly is killed at work, too. */
const ACKNOWLEDGED_MIN = 20;
const KILL_AFTER_MS_MAX = 600;
const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';

export type KillReport = { acknowledged: number; faults: string[] };

const countOf = ({ things, changed, deleted, certificates, registered, provisioned }: Acknowledged) =>
  things.size + changed.size + deleted.size + certificates.size + registered.size + provisioned.size;

/** Kills one sandbox again and again under load, on one data directory, and looks at what it still knows. */
export class KillRounds {
  readonly #bundle: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #mint = new CertificateMint();
  readonly #ca: MintedCa = this.#mint.ca('Kill CA', 'ec');
  #prepared: Promise<void> | undefined;

  constructor(bundle: string, dataDir: string) {
    this.#bundle = bundle;
    this.#env = { SANDBOX_DATA_DIR: dataDir, SANDBOX_PROVISIONING_DELAY_MS: '5' };
  }

  /** One life and death; the seed decides the moment. */
  async kill(seed: number): Promise<KillReport> {
    const acknowledged = await this.#liveAndDie(seed);
    const survivor = new SandboxProcess(this.#bundle, this.#env);
    try {
      const { api } = await survivor.ready();
      return { acknowledged: countOf(acknowledged), faults: await lostOrHalfDone(api, acknowledged) };
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

  async #prepare(api: string): Promise<void> {
    await makeFleetRole(api);
    await registerFleetCa(api, this.#ca, this.#mint);
    await callIot(api, 'POST', `/policies/${FLEET_POLICY}`, { policyDocument: POLICY });
  }
}
