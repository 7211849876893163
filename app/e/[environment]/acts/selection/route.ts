import { NextResponse } from 'next/server';
import type { SelectionAnswer } from '@/components/acts/selection-answer';
import { parseCertificatesQuery } from '@/components/registry/certificates-query';
import { filterOf, parseThingsQuery } from '@/components/registry/things-query';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';

/** The ids of a list, in the largest pages that AWS has; `list` is `things`, `pending` or certificates, the rest is that list's own query. */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/acts/selection'>) {
  const environmentId = (await params).environment;
  await requirePermission('certificate:read', { environment: environmentId });
  const iot = iotFor(requireEnvironment(environmentId));

  const query = Object.fromEntries(new URL(request.url).searchParams);
  const answer =
    query['list'] === 'things'
      ? await things(iot, parseThingsQuery(query))
      : await certificates(iot, parseCertificatesQuery(query), query['list'] === 'pending');
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}

type Iot = ReturnType<typeof iotFor>;

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
