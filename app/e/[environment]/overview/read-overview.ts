import 'server-only';
import { caName } from '@/components/ca/ca-facts';
import type { EndingCa } from '@/components/overview/ca-attention';
import { lifeAt } from '@/components/ui/life';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import { newest } from '@/lib/ledger/read';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import { ok, type Result } from '@/lib/result';

/** Each CA costs a call of its own; AWS lets few accounts have more. Our choice. */
const CAS_MAX = 25;
/** More would push the rest of the page away; the list of CAs has them all. */
const ENDING_CAS_MAX = 5;
/** The newest issued devices, among which one that AWS has not seen is looked for. */
const RECENT_DEVICES_MAX = 100;

export type CaFigures = {
  count: number;
  isPartial: boolean;
  active: number;
  /** Active and registering new devices, among those whose details were read. */
  autoRegistering: number;
  detailsRead: number;
  ending: EndingCa[];
};

export async function readCaFigures(iot: IotGateway, now: Date): Promise<Result<CaFigures, Failure>> {
  const page = await iot.listCaRows({ pageSize: CAS_MAX, token: undefined });
  if (!page.ok) return page;
  const { items, nextToken } = page.value;
  const details = items.flatMap(({ detail }) => (detail.ok ? [detail.value] : []));
  const ending = details
    .flatMap(({ caId, certificatePem, notBefore, notAfter }) =>
      notBefore === undefined || notAfter === undefined
        ? []
        : [{ caId, certificatePem, notBefore, notAfter }],
    )
    .filter(({ notBefore, notAfter }) =>
      ['ending', 'over'].includes(lifeAt(notBefore.getTime(), notAfter.getTime(), now.getTime()).phase),
    )
    .sort((one, other) => one.notAfter.getTime() - other.notAfter.getTime())
    .slice(0, ENDING_CAS_MAX);
  return ok({
    count: items.length,
    isPartial: nextToken !== undefined,
    active: items.filter(({ status }) => status === 'ACTIVE').length,
    autoRegistering: details.filter(({ status, autoRegistration }) => status === 'ACTIVE' && autoRegistration)
      .length,
    detailsRead: details.length,
    ending: await Promise.all(
      ending.map(async ({ caId, certificatePem, notBefore, notAfter }) => {
        const facts = await inspectCertificate(certificatePem, crypto);
        return {
          caId,
          name: caName(facts.ok ? facts.value : undefined, caId),
          notBefore: notBefore.toISOString(),
          notAfter: notAfter.toISOString(),
        };
      }),
    ),
  });
}

export type RegistryFigures = { things: string; certificates: string; pending: string };

/** One page of each: "250+" where AWS has more, which it does not count. */
export async function readRegistryFigures(iot: IotGateway): Promise<Result<RegistryFigures, Failure>> {
  const first = { pageSize: PAGE_SIZE_MAX, token: undefined };
  const [things, certificates] = await Promise.all([
    iot.listThings({ attribute: undefined, typeName: undefined }, first),
    iot.listCertificates(first),
  ]);
  if (!things.ok) return things;
  if (!certificates.ok) return certificates;
  const pending = certificates.value.items.filter(({ status }) => status === 'PENDING_ACTIVATION');
  return ok({
    things: countText(things.value.items.length, things.value.nextToken !== undefined),
    certificates: countText(certificates.value.items.length, certificates.value.nextToken !== undefined),
    pending: countText(pending.length, certificates.value.nextToken !== undefined),
  });
}

/** The newest issued device that AWS has not seen. */
export async function readAwaiting(environment: string) {
  const rows = await newest(environment, RECENT_DEVICES_MAX);
  const row = rows.find(({ lastSeenAt }) => lastSeenAt === undefined);
  return row === undefined ? undefined : { certificateId: row.certificateId, commonName: row.commonName };
}

export const countText = (count: number, isPartial: boolean): string => `${count}${isPartial ? '+' : ''}`;
