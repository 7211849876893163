/**
 * The steps of a sweep: each asks AWS once (for single certificates, some times) and says what is to be written of the answer.
 * @module
 */
import 'server-only';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import { readLedgerCertificate } from '@/lib/ledger/ledger-certificate';
import { DELETED_STATE } from '@/lib/ledger/record-seen';
import { writeIndexed } from '@/lib/ledger/sweep-index';
import {
  nextUnread,
  noteMissing,
  type ReadCertificate,
  type UnreadCertificate,
  writeListed,
  writeRead,
} from '@/lib/ledger/sweep-pages';
import { type SweepProgress, type Unseen, withUnseen } from '@/lib/ledger/sweep-progress';
import type { commitStep } from '@/lib/ledger/sweep-runs';
import { parsePem } from '@/lib/pki/pem';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import { fail, ok, type Result } from '@/lib/result';

/** Accounts with more register CAs by program; the others are noted as not seen. Our choice. */
export const CAS_MAX = 1000;

/** Read between two writes: what a kill costs at most. */
const DETAILS_PER_WRITE = 10;

/** After this long what was read is written, few as they may be: writing renews the lease. */
const DETAILS_MS_MAX = 10_000;

export type SweepIot = Pick<
  IotGateway,
  'listCaCertificates' | 'listCertificatesByCa' | 'describeCertificate' | 'indexedThings'
>;

export type StepContext = { environment: string; iot: SweepIot; now(): Date };

type Write = Parameters<typeof commitStep>[2];

/** The next step. A failure left nothing to write. */
export function takeStep(context: StepContext, progress: SweepProgress): Promise<Result<Write, Failure>> {
  switch (progress.step) {
    case 'cas':
      return listCas(context, progress);
    case 'certificates':
      return listCertificates(context, progress);
    case 'details':
      return readDetails(context, progress);
    case 'index':
      return readIndex(context, progress);
    case 'end':
      return Promise.resolve(ok(async () => progress));
  }
}

async function listCas({ iot }: StepContext, progress: SweepProgress): Promise<Result<Write, Failure>> {
  const page = await iot.listCaCertificates({
    pageSize: PAGE_SIZE_MAX,
    token: progress.marker ?? undefined,
  });
  if (!page.ok) return page;
  const { items, nextToken } = page.value;
  const found = [...new Set([...progress.caIds, ...items.map(({ caId }) => caId)])];
  const caIds = found.slice(0, CAS_MAX);
  const hasMore = nextToken !== undefined && caIds.length < CAS_MAX;
  const hasLeftOut = found.length > CAS_MAX || (nextToken !== undefined && !hasMore);
  const others: Unseen = { part: 'ca', id: null, reason: 'too-many-cas', message: '' };
  return ok(async () => ({
    ...(hasLeftOut ? withUnseen(progress, others) : progress),
    caIds,
    marker: hasMore ? nextToken : null,
    step: hasMore ? 'cas' : 'certificates',
    counts: { ...progress.counts, casFound: caIds.length },
  }));
}

async function listCertificates(
  { environment, iot, now }: StepContext,
  progress: SweepProgress,
): Promise<Result<Write, Failure>> {
  const { caIds, marker, counts } = progress;
  const [caId, ...others] = caIds;
  if (caId === undefined) return ok(async () => ({ ...progress, step: 'details', marker: null }));
  // Before the call: what changes while AWS answers is newer than the answer.
  const at = now();
  const since = progress.caStartedAt === null ? at : new Date(progress.caStartedAt);
  const page = await iot.listCertificatesByCa(caId, {
    pageSize: PAGE_SIZE_MAX,
    token: marker ?? undefined,
  });
  if (!page.ok)
    return isMarkerRefused(page.failure, progress) ? ok(async () => fromFirstPage(progress)) : page;
  const { items, nextToken } = page.value;
  return ok(async (transaction) => {
    const key = { environment, caId };
    const seen = items.map(({ certificateId, status, createdAt }) => ({
      certificateId,
      state: status,
      registeredAt: createdAt,
    }));
    const { changed } = await writeListed(transaction, key, seen, at);
    const counted = { ...counts, listed: counts.listed + items.length, changed: counts.changed + changed };
    if (nextToken !== undefined) {
      return { ...progress, marker: nextToken, caStartedAt: since.toISOString(), counts: counted };
    }
    await noteMissing(transaction, key, { since, at });
    return {
      ...progress,
      caIds: others,
      marker: null,
      caStartedAt: null,
      isRestarted: false,
      counts: { ...counted, cas: counts.cas + 1 },
    };
  });
}

/** A marker may have become too old since the process that got it ended; AWS says nowhere how long one lives. */
function isMarkerRefused(failure: Failure, { marker, isRestarted }: SweepProgress): boolean {
  return (
    failure.kind === 'aws' && failure.name === 'InvalidRequestException' && marker !== null && !isRestarted
  );
}

const fromFirstPage = (progress: SweepProgress): SweepProgress => ({
  ...progress,
  marker: null,
  caStartedAt: null,
  isRestarted: true,
});

async function readDetails(
  { environment, iot, now }: StepContext,
  progress: SweepProgress,
): Promise<Result<Write, Failure>> {
  const unread = await nextUnread(environment, { after: progress.marker, limit: DETAILS_PER_WRITE });
  if (unread.length === 0) return ok(async () => ({ ...progress, step: 'index', marker: null }));
  const at = now();
  const read: ReadCertificate[] = [];
  for (const each of unread) {
    if (now().getTime() - at.getTime() > DETAILS_MS_MAX) break;
    const answer = await readOne(iot, each);
    if (!answer.ok) {
      if (read.length === 0) return answer;
      break;
    }
    read.push(answer.value);
  }
  const { counts } = progress;
  return ok(async (transaction) => {
    const { added } = await writeRead(transaction, environment, read, at);
    const gone = read.filter(({ state }) => state === DELETED_STATE).length;
    const unreadable = read.filter(
      ({ state, certificate }) => state !== DELETED_STATE && certificate === undefined,
    );
    return {
      ...withUnseen(
        progress,
        ...unreadable.map(({ certificateId }) => ({
          part: 'details' as const,
          id: certificateId,
          reason: 'unreadable',
          message: '',
        })),
      ),
      marker: read.at(-1)?.certificateId ?? progress.marker,
      counts: { ...counts, added: counts.added + added, deleted: counts.deleted + gone },
    };
  });
}

async function readOne(
  iot: SweepIot,
  { certificateId, caId }: UnreadCertificate,
): Promise<Result<ReadCertificate, Failure>> {
  const described = await iot.describeCertificate(certificateId);
  if (!described.ok) {
    if (described.failure.kind !== 'not-found') return fail(described.failure);
    return ok({ certificateId, caId, state: DELETED_STATE, registeredAt: undefined, certificate: undefined });
  }
  const { status, createdAt, certificatePem } = described.value;
  const blocks = parsePem(certificatePem);
  const der = blocks.ok ? blocks.value[0]?.der : undefined;
  const certificate =
    der && readLedgerCertificate(Buffer.from(der), { keyOrigin: 'device', signedBy: undefined });
  return ok({
    certificateId,
    caId: described.value.caId ?? caId,
    state: status,
    registeredAt: createdAt,
    // The ledger's key is the id: a text that AWS knows by another one is not the text of this row.
    certificate: certificate?.certificateId === certificateId ? certificate : undefined,
  });
}

async function readIndex(
  { environment, iot, now }: StepContext,
  progress: SweepProgress,
): Promise<Result<Write, Failure>> {
  const at = now();
  const page = await iot.indexedThings(progress.marker ?? undefined);
  const end = (index: SweepProgress['index']) =>
    ok(async () => ({ ...progress, step: 'end' as const, marker: null, index }));
  if (!page.ok) {
    if (page.failure.kind === 'not-found') return end('off');
    if (page.failure.kind === 'aws' && page.failure.name === 'IndexNotReadyException') return end('building');
    return page;
  }
  const { items, nextToken } = page.value;
  return ok(async (transaction) => {
    const { indexed } = await writeIndexed(transaction, environment, items, at);
    return {
      ...progress,
      step: nextToken === undefined ? 'end' : 'index',
      marker: nextToken ?? null,
      index: 'read',
      counts: { ...progress.counts, indexed: progress.counts.indexed + indexed },
    };
  });
}
