import 'server-only';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import type { Result } from '@/lib/result';
import { connectionsOf } from './connections';
import { iotFor } from './iot-gateway';

/**
 * The CA of a batch that is being issued, as it was at most ten seconds ago: chunk after chunk asks, many a second, and each
 * question is a turn that somebody's page has not. So a batch may go on for that long under a CA that was switched off meanwhile. Nothing
 * is lost by it: what was read is no promise a moment later either, and AWS looks again itself when a device connects for the first time,
 * and registers none of an inactive CA. An inactive CA is not kept, so that whoever activates it need not wait.
 */
export function readBatchCa(environment: Environment, caId: string): Promise<Result<CaDetail, Failure>> {
  return connectionsOf(environment).batchCas.read(
    caId,
    () => iotFor(environment).describeCaCertificate(caId),
    ({ status }) => status === 'ACTIVE',
  );
}
