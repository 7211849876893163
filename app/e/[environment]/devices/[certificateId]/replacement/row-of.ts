import 'server-only';
import type { Failure } from '@/lib/failure';
import { type ReplacementRow, replacementFor } from '@/lib/ledger/replacements';
import { fail, ok, type Result } from '@/lib/result';

type Pair = { oldCertificateId: string; newCertificateId: string };

/** The replacement that the page is about; another one, or none, was begun since. */
export async function rowOf(
  environment: string,
  { oldCertificateId, newCertificateId }: Pair,
): Promise<Result<ReplacementRow, Failure>> {
  const row = await replacementFor(environment, oldCertificateId);
  return row?.newCertificateId === newCertificateId
    ? ok(row)
    : fail({ kind: 'not-found', resource: 'issued-certificate', id: newCertificateId });
}
