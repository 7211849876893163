import 'server-only';
import type { RegistryAnswer } from '@/components/device/registry-answer';
import { LEDGER_PAGE_MAX, list } from '@/lib/ledger/read';

/** As many as a warning can name. */
const NAMESAKES_MAX = 5;

/** The newest devices of exactly this common name. */
export async function namesakes(
  environment: string,
  commonName: string,
): Promise<RegistryAnswer['namesakes']> {
  const { rows } = await list(environment, { query: commonName, pageSize: LEDGER_PAGE_MAX });
  return rows
    .filter((row) => row.commonName === commonName)
    .slice(0, NAMESAKES_MAX)
    .map(({ certificateId, reservedAt, operatorName }) => ({
      certificateId,
      issuedAt: reservedAt.toISOString(),
      operatorName,
    }));
}
