import { NextResponse } from 'next/server';
import type { SelectionAnswer } from '@/components/acts/selection-answer';
import { type DevicesQuery, parseDevicesQuery, toLedgerFilter } from '@/components/device/devices-query';
import { toDeviceSubject } from '@/components/device/to-device-subject';
import { parseCertificatesQuery } from '@/components/registry/certificates-query';
import { filterOf, parseThingsQuery } from '@/components/registry/things-query';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { type Environment, requireEnvironment } from '@/lib/config/environments';
import { EXPORT_PAGE_ROWS } from '@/lib/ledger/export';
import { searchLedger } from '@/lib/ledger/search-pages';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';

/**
 * The ids of a list, in the largest pages that AWS has; `list` is `things`, `devices` (of the ledger), `pending` or certificates, the
 * rest is that list's own query.
 */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/acts/selection'>) {
  const environmentId = (await params).environment;
  await requirePermission('certificate:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);

  const query = Object.fromEntries(new URL(request.url).searchParams);
  const answer = await listed(environment, query['list'], query);
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}

async function listed(
  environment: Environment,
  list: string | undefined,
  query: Record<string, string>,
): Promise<SelectionAnswer> {
  if (list === 'devices') {
    await requirePermission('device:read', { environment: environment.id });
    return devices(environment.id, parseDevicesQuery(query), new Date());
  }
  const iot = iotFor(environment);
  return list === 'things'
    ? things(iot, parseThingsQuery(query))
    : certificates(iot, parseCertificatesQuery(query), list === 'pending');
}

type Iot = ReturnType<typeof iotFor>;

async function devices(environmentId: string, query: DevicesQuery, now: Date): Promise<SelectionAnswer> {
  const read = await searchLedger(environmentId, {
    filter: toLedgerFilter(query, now),
    cursor: query.token,
    pageSize: EXPORT_PAGE_ROWS,
    now,
  });
  if (!read.ok) return { subjects: [], nextToken: undefined, failure: read.failure };
  const subjects = read.value.rows.map(toDeviceSubject);
  return { subjects, nextToken: read.value.next, failure: undefined };
}

async function certificates(
  iot: Iot,
  { ca, token }: ReturnType<typeof parseCertificatesQuery>,
  isOfPending: boolean,
): Promise<SelectionAnswer> {
  const page = { pageSize: PAGE_SIZE_MAX, token };
  const read = ca === undefined ? await iot.listCertificates(page) : await iot.listCertificatesByCa(ca, page);
  if (!read.ok) return { subjects: [], nextToken: undefined, failure: read.failure };
  const subjects = read.value.items
    .filter(({ status }) => !isOfPending || status === 'PENDING_ACTIVATION')
    .map(({ certificateId, status }) => ({ id: certificateId, status }));
  return { subjects, nextToken: read.value.nextToken, failure: undefined };
}

async function things(iot: Iot, query: ReturnType<typeof parseThingsQuery>): Promise<SelectionAnswer> {
  const read = await iot.listThings(filterOf(query), { pageSize: PAGE_SIZE_MAX, token: query.token });
  if (!read.ok) return { subjects: [], nextToken: undefined, failure: read.failure };
  const subjects = read.value.items.map(({ name }) => ({ id: name, name }));
  return { subjects, nextToken: read.value.nextToken, failure: undefined };
}
