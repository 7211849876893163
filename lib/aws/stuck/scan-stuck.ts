/**
 * Finds stuck certificates by the cheapest call there is: ListCertificates tells the status of 250 at a time.
 * @module
 */
import 'server-only';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import { SCAN_PAGES_MAX, type StuckCertificate, stuckAmong } from '@/lib/registry/stuck';
import { fail, ok, type Result } from '@/lib/result';

export type StuckQuery = {
  minutes: number;
  withInactive: boolean;
  /** Undefined: of all CAs. */
  caId: string | undefined;
  token: string | undefined;
};

export type StuckScan = {
  rows: StuckCertificate[];
  /** Certificates whose status was read, stuck or not. */
  scannedCount: number;
  calls: number;
  /** Where the next page of the queue begins; undefined when all certificates were read. */
  nextToken: string | undefined;
};

/** A failure after the first page ends the scan there: what was found until then stands, and the next page goes on. */
export async function scanStuck(
  environment: Environment,
  { caId, token, ...meant }: StuckQuery,
  now: Date,
): Promise<Result<StuckScan, Failure>> {
  const iot = iotFor(environment);
  const scan: StuckScan = { rows: [], scannedCount: 0, calls: 0, nextToken: token };
  do {
    const page = { pageSize: PAGE_SIZE_MAX, token: scan.nextToken };
    const read = await (caId === undefined
      ? iot.listCertificates(page)
      : iot.listCertificatesByCa(caId, page));
    scan.calls += 1;
    if (!read.ok) return scan.calls === 1 ? fail(read.failure) : ok(scan);
    scan.rows.push(...stuckAmong(read.value.items, meant, now));
    scan.scannedCount += read.value.items.length;
    scan.nextToken = read.value.nextToken;
  } while (scan.nextToken !== undefined && scan.calls < SCAN_PAGES_MAX);
  return ok(scan);
}
