import 'server-only';
import { readIssuingCa } from '@/lib/aws/issuing-cas';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { issuersOf } from '@/lib/ledger/ca-issuers';
import type { IssuingCa } from '@/lib/registry/issuing-ca';
import { ok, type Result } from '@/lib/result';

/** A CA as AWS has it, with what the console knows to stand above it. */
export async function readChainedCa(
  environment: Environment,
  caId: string,
): Promise<Result<IssuingCa, Failure>> {
  const [ca, issuerPems] = await Promise.all([
    readIssuingCa(environment, caId),
    issuersOf(environment.id, caId),
  ]);
  return ca.ok ? ok({ ...ca.value, issuerPems }) : ca;
}
