import type { Scope } from '@/lib/sandbox/scope';
import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import type { Table } from '@/lib/sandbox/state/table';
import { provisionCertificate } from './provision-certificate';
import { explainProvisioning, type ProvisioningOutcome } from './provisioning-outcome';

type Job = { region: string; certificateId: string };

type ProvisionerSettings = {
  sandbox: SandboxState;
  /** From the connection that asked to the provisioning; AWS takes one to three seconds. */
  delayMs: number;
  now: () => Date;
  /** Hears of what should not happen. */
  onFault(error: Error): void;
};

/** Certificates, by id, that have asked and wait for their provisioning. */
class ProvisioningRequestTables {
  readonly requests: Table<{ requestedAt: number }>;

  constructor(source: TableSource) {
    this.requests = source.table('provisioning-requests');
  }
}

/**
 * Provisions pending certificates some time after they connected, each once at a time. What a sandbox that has ended left
 * waiting is taken up again, as the service itself would go on.
 */
export class Provisioner {
  readonly #settings: ProvisionerSettings;
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  constructor(settings: ProvisionerSettings) {
    this.#settings = settings;
    for (const region of settings.sandbox.regions()) {
      for (const [certificateId] of region.family(ProvisioningRequestTables).requests.entries()) {
        this.#schedule({ region: region.name, certificateId });
      }
    }
  }

  request(job: Job): void {
    if (!this.#schedule(job)) return;
    const requestedAt = this.#settings.now().getTime();
    this.#requestsOf(job.region).set(job.certificateId, { requestedAt });
  }

  /** Whether the certificate was not waiting before. */
  #schedule(job: Job): boolean {
    const key = `${job.region} ${job.certificateId}`;
    if (this.#waiting.has(key)) return false;
    const timer = setTimeout(() => {
      this.#waiting.delete(key);
      this.#provision(job).catch((error: unknown) => {
        this.#settings.onFault(error instanceof Error ? error : new Error(String(error)));
      });
    }, this.#settings.delayMs);
    this.#waiting.set(key, timer);
    return true;
  }

  close(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  async #provision({ region, certificateId }: Job): Promise<void> {
    const { sandbox, now } = this.#settings;
    const scope: Scope = { sandbox, region: sandbox.region(region), accountId: sandbox.accountId, now };
    const certificate = scope.region.certificates.get(certificateId);
    let outcome: ProvisioningOutcome;
    try {
      // Activated by hand, deleted or reset in the meantime: nothing is left to do.
      if (certificate?.status !== 'PENDING_ACTIVATION') return;
      outcome = provisionCertificate(scope, certificate);
    } finally {
      // Last, so that what a crash cuts off is done again.
      this.#requestsOf(region).delete(certificateId);
    }
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

  #requestsOf(region: string): ProvisioningRequestTables['requests'] {
    return this.#settings.sandbox.region(region).family(ProvisioningRequestTables).requests;
  }
}
