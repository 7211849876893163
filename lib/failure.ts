/**
 * What an action or a read can answer besides its value. Facts travel, sentences are made where they are shown
 * (`messages/<locale>/failure.json`).
 * @module
 */

/** One fault of one field: a message key and what the sentence needs. */
export type FieldFault = { code: string; params?: Record<string, string | number> };

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
  /** Our own token bucket for this environment is empty and the wait would be too long. */
  | { kind: 'busy'; retryAfterMs: number }
  | { kind: 'not-found'; resource: string; id: string }
  /** The state changed under the person's hands; read again and repeat. */
  | { kind: 'conflict'; reason: string }
  /** A bug or an outage of ours; the log has it under this reference. */
  | { kind: 'unexpected'; reference: string };
