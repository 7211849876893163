import { NextResponse } from 'next/server';
import { readIssuedSubject } from '@/components/device/issued-subject';
import type { LedgerAnswer } from '@/components/dry-run/registry-answer';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { searchLedger } from '@/lib/ledger/search-pages';

/** As many as a person reads through; typing further finds the others. */
const DEVICES_MAX = 10;
/** Typing further helps there as well. */
const CUT_SEARCH = { rows: [], next: 'more' };
/** A certificate id; a common name is shorter (RFC 5280). */
const QUERY_CHARACTERS_MAX = 64;

/** Devices of the ledger that a text finds. */
export async function GET(request: Request, { params }: RouteContext<'/e/[environment]/dry-run/devices'>) {
  const environmentId = (await params).environment;
  await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const query = (new URL(request.url).searchParams.get('find') ?? '').slice(0, QUERY_CHARACTERS_MAX);
  const found = await searchLedger(environment.id, {
    filter: { text: query.trim() || undefined },
    pageSize: DEVICES_MAX,
  });
  const { rows, next } = found.ok ? found.value : CUT_SEARCH;
  const answer: LedgerAnswer = {
    devices: rows.map(({ certificateId, commonName, serial, subject }) => ({
      certificateId,
      commonName,
      serial: BigInt(`0x${serial || '0'}`).toString(),
      subject: readIssuedSubject(subject).fields,
    })),
    hasMore: next !== undefined,
    isPartial: false,
  };
  return NextResponse.json(answer, { headers: { 'cache-control': 'no-store' } });
}
