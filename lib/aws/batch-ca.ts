import 'server-only';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import type { Result } from '@/lib/result';
import { type Connections, connectionsOf } from './connections';
import { iotFor } from './iot-gateway';
import { RecentAnswers } from './recent-answers';

/** A tenth of a call a second for a batch, however fast it is; as long as a person who switches its CA off hardly notices. Our choice. */
const KEPT_MS = 10_000;
/** As many as issue batches at the same time in one environment; a CA is some kilobytes. Our choice. */
const CAS_MAX = 50;

/** Of each environment; a second copy of this module, should Next load one, only asks for itself. */
const known = new WeakMap<Connections, RecentAnswers<CaDetail>>();

/**
 * The CA of a batch that is being issued, as it was at most ten seconds ago: chunk after chunk asks, many a second, and each
 * question is a turn that somebody's page has not. So a batch may go on for that long under a CA that was switched off meanwhile. Nothing
 * is lost by it: what was read is no promise a moment later either, and AWS looks again itself when a device connects for the first time,
 * and registers none of an inactive CA. An inactive CA is not kept, so that whoever activates it need not wait.
 */
export function readBatchCa(environment: Environment, caId: string): Promise<Result<CaDetail, Failure>> {
  const connections = connectionsOf(environment);
  const cas =
    known.get(connections) ??
    new RecentAnswers({ keptMs: KEPT_MS, countMax: CAS_MAX, nowMs: () => performance.now() });
  known.set(connections, cas);
  return cas.read(
    caId,
    () => iotFor(environment).describeCaCertificate(caId),
    ({ status }) => status === 'ACTIVE',
  );
}
