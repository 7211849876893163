import 'server-only';
import { reissueOf } from '@/lib/ledger/issued-again';

/** For the audit log: whose devices were replaced, and how many. */
export function replacedFacts(settings: unknown, replaced: number) {
  const former = reissueOf(settings);
  return former === undefined ? {} : { reissueOf: former, replaced };
}
