/**
 * What an action or a read can answer besides its value. Facts travel, sentences are made where they are shown
 * (`messages/<locale>/failure.json`).
 * @module
 */

/** One fault of one field: a message key and what the sentence needs. */
export type FieldFault = { code: string; params?: Record<string, string | number> };

/** What can be missing; each has its sentence. `policy-version` and `provisioning-template-version` are identified as `name:version`. */
export const NOT_FOUND_RESOURCES = [
  'ca-certificate',
  'certificate',
  'environment',
  'issuance-profile',
  'issued-certificate',
  'operator',
  'policy',
  'policy-version',
  'provisioning-template',
  'provisioning-template-version',
  'role',
  'sandbox-control',
  'sandbox-fault',
  'server-trust-file',
  'thing',
] as const;
export type NotFoundResource = (typeof NOT_FOUND_RESOURCES)[number];

/** What went wrong between the console and the sandbox's own control API; each has its sentence. */
export const SANDBOX_REASONS = ['unreachable', 'refused', 'unreadable'] as const;
export type SandboxReason = (typeof SANDBOX_REASONS)[number];

/** Why the message broker did not take a message or a subscription; each has its sentence. */
export const MQTT_REASONS = ['not-authorized', 'refused', 'not-connected', 'timeout', 'too-many'] as const;
export type MqttReason = (typeof MQTT_REASONS)[number];

/** Why the present state does not allow what was asked for; each has its sentence. */
export const CONFLICT_REASONS = [
  'batch-ended',
  'batch-incomplete',
  'batch-open',
  'bundle-not-confirmed',
  'ca-changed',
  'ca-inactive',
  'ca-template-changed',
  'ca-unreadable',
  'case-links-not-allowed',
  'certificate-already-reserved',
  'certificate-in-transfer',
  'certificate-revoked',
  'certificate-unreadable',
  'common-name-differs',
  'last-security-admin',
  'not-pending',
  'policy-absent',
  'policy-differs',
  'profile-changed',
  'profile-exceeded',
  'replacement-incomplete',
  'sweep-ended',
  'sweep-running',
  'template-changed',
  'template-not-jitp',
  'thing-attributes-too-many',
  'thing-name-invalid',
  'thing-name-missing',
  'too-many-case-links',
  'too-many-profiles',
  'trust-file-has-private-key',
] as const;
export type ConflictReason = (typeof CONFLICT_REASONS)[number];

export type Failure =
  /** The input broke its schema or a domain rule; `fields` is keyed by the field's path, `form` for the whole. */
  | { kind: 'invalid-input'; fields: Record<string, FieldFault[]> }
  | { kind: 'signed-out' }
  | { kind: 'forbidden'; permission: string }
  /** AWS answered with an error. `message` is AWS's own text, shown below our sentence. */
  | {
      kind: 'aws';
      service: string;
      operation: string;
      name: string;
      message: string;
      status: number;
      requestId: string | undefined;
    }
  /** No answer: wrong endpoint, no network, no credentials. */
  | { kind: 'aws-unreachable'; service: string; operation: string; reason: string }
  /** The sandbox's control API, which AWS has not. `message` is what it said, or why there was no answer. */
  | { kind: 'sandbox'; reason: SandboxReason; message: string }
  /** The environment's message broker. `detail`: its reason code, or the bound that was met. */
  | { kind: 'mqtt'; reason: MqttReason; detail: string }
  /** Our own token bucket for this environment is empty and the wait would be too long. */
  | { kind: 'busy'; retryAfterMs: number }
  /** The console's own database did not answer in the time that one question may take. */
  | { kind: 'statement-timeout' }
  | { kind: 'not-found'; resource: NotFoundResource; id: string }
  /** The state changed under the person's hands; read again and repeat. */
  | { kind: 'conflict'; reason: ConflictReason }
  /** Nothing came back from the console itself: it is down, or the network is. Only pages say so (`components/ui/no-answer.ts`). */
  | { kind: 'no-answer' }
  /** The page was loaded from another version of the console, whose actions this one does not have. */
  | { kind: 'page-outdated' }
  /** A bug or an outage of ours; the log has it under this reference. */
  | { kind: 'unexpected'; reference: string };
