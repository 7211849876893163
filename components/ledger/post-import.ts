/**
 * The page's words to the server about an import.
 * @module
 */
import { z } from 'zod';
import { IMPORT_OUTCOMES, type ImportedRow, type ImportOutcome } from '@/lib/batch/import-file';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';

export type ImportRequest = { environment: string; caId: string; rows: readonly ImportedRow[] };

/** The reader has to trust the console's own server for the failure's shape. */
const failure = z.custom<Failure>((value) => typeof value === 'object' && value !== null && 'kind' in value);
const answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure }),
]);

const outcomes = z.object({ outcomes: z.array(z.enum(IMPORT_OUTCOMES)) });
const added = z.object({ added: z.number() });

/** What would become of each row, in their order. */
export const askOutcomes = (url: string, request: ImportRequest) =>
  post<ImportOutcome[]>(url, request, (value) => outcomes.parse(value).outcomes);

/** @returns how many are new to the ledger */
export const importAll = (url: string, request: ImportRequest) =>
  post<number>(url, request, (value) => added.parse(value).added);

/** @returns `no-answer` where nobody knows what the server did */
async function post<Value>(
  url: string,
  request: ImportRequest,
  read: (value: unknown) => Value,
): Promise<Result<Value, Failure>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    const answered = answer.parse(await response.json());
    return answered.ok ? ok(read(answered.value)) : fail(answered.failure);
  } catch {
    // The network, or an answer that is none of ours.
    return fail({ kind: 'no-answer' });
  }
}
