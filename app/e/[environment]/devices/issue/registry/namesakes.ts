import 'server-only';
import type { RegistryAnswer } from '@/components/device/registry-answer';
import { findByName } from '@/lib/ledger/search';

/** As many as a warning can name. */
const NAMESAKES_MAX = 5;

/** The newest devices of exactly this common name. */
export async function namesakes(
  environment: string,
  commonName: string,
): Promise<RegistryAnswer['namesakes']> {
  const rows = await findByName(environment, commonName, { limit: NAMESAKES_MAX, now: new Date() });
  return rows.map(({ certificateId, reservedAt, operatorName }) => ({
    certificateId,
    issuedAt: reservedAt.toISOString(),
    operatorName,
  }));
}
