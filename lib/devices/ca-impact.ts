/**
 * The devices of a CA as AWS and ledger have them, counted.
 * @module
 */
import 'server-only';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import { type CaLedgerCounts, countDevicesOfCa } from '@/lib/ledger/ca-devices';
import { type CaImpact, countRegistered } from '@/lib/registry/ca-impact';
import type { CertificateSummary } from '@/lib/registry/device-certificate';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';

/** @param pagesMax - of AWS's list, 250 certificates each; what is beyond is told as "more" */
export async function readCaImpact(
  environment: Environment,
  caId: string,
  { now, pagesMax }: { now: Date; pagesMax: number },
): Promise<{ impact: CaImpact; ledger: CaLedgerCounts | undefined }> {
  const [aws, counted] = await Promise.all([
    readRegistered(environment, caId, { now, pagesMax }),
    countDevicesOfCa(environment.id, caId, now),
  ]);
  const ledger = counted.ok ? counted.value : undefined;
  const impact = {
    aws,
    ledger: ledger && {
      neverSeen: ledger.neverSeen,
      lastHeardAt: ledger.lastHeardAt?.toISOString(),
      isPartial: ledger.isPartial,
    },
  };
  return { impact, ledger };
}

async function readRegistered(
  environment: Environment,
  caId: string,
  { now, pagesMax }: { now: Date; pagesMax: number },
): Promise<CaImpact['aws']> {
  const iot = iotFor(environment);
  const certificates: CertificateSummary[] = [];
  let token: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const read = await iot.listCertificatesByCa(caId, { pageSize: PAGE_SIZE_MAX, token });
    if (!read.ok) return undefined;
    certificates.push(...read.value.items);
    token = read.value.nextToken;
    if (token === undefined) break;
  }
  return { ...countRegistered(certificates), isPartial: token !== undefined, readAt: now.toISOString() };
}
