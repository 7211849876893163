import type { Scope } from '@/lib/sandbox/scope';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { provisionCertificate } from './provision-certificate';
import { explainProvisioning } from './provisioning-outcome';

type Job = { region: string; certificateId: string };

type ProvisionerSettings = {
  sandbox: SandboxState;
  /** From the connection that asked to the provisioning; AWS takes one to three seconds. */
  delayMs: number;
  now: () => Date;
  /** Hears of what should not happen. */
  onFault(error: Error): void;
};

/**
 * Provisions pending certificates some time after they connected, each once at a time. What is waiting is not kept over a
 * restart: the certificate is, and asks again when its device connects again.
 */
export class Provisioner {
  readonly #settings: ProvisionerSettings;
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  constructor(settings: ProvisionerSettings) {
    this.#settings = settings;
  }

  request(job: Job): void {
    const key = `${job.region} ${job.certificateId}`;
    if (this.#waiting.has(key)) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(key);
      this.#provision(job).catch((error: unknown) => {
        this.#settings.onFault(error instanceof Error ? error : new Error(String(error)));
      });
    }, this.#settings.delayMs);
    this.#waiting.set(key, timer);
  }

  close(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  async #provision({ region, certificateId }: Job): Promise<void> {
    const { sandbox, now } = this.#settings;
    const scope: Scope = { sandbox, region: sandbox.region(region), accountId: sandbox.accountId, now };
    const certificate = scope.region.certificates.get(certificateId);
    // Activated by hand, deleted or reset in the meantime: nothing is left to do.
    if (certificate?.status !== 'PENDING_ACTIVATION') return;
    const outcome = provisionCertificate(scope, certificate);
    // What is said to be provisioned survives `kill -9`.
    await sandbox.durable();
    sandbox.explanations.explain(
      {
        ...explainProvisioning(outcome),
        region,
        certificateId,
        caCertificateId: certificate.caCertificateId,
      },
      now(),
    );
  }
}
