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
  NO_CA,
  nextUnread,
  noteMissing,
  type ReadCertificate,
  type UnreadCertificate,
  writeListed,
  writeRead,
} from '@/lib/ledger/sweep-pages';
import { type SweepProgress, stepAfterDetails, type Unseen, withUnseen } from '@/lib/ledger/sweep-progress';
import type { commitStep } from '@/lib/ledger/sweep-runs';
import { parsePem } from '@/lib/pki/pem';
import { PAGE_SIZE_MAX, type PageRequest } from '@/lib/registry/page';
import { fail, ok, type Result } from '@/lib/result';

/** Accounts with more register CAs by program; the others are noted as not seen. Our choice. */
export const CAS_MAX = 1000;

/** Read between two writes: what a kill costs at most. */
const DETAILS_PER_WRITE = 10;

/** After this long what was read is written, few as they may be: writing renews the lease. */
const DETAILS_MS_MAX = 10_000;

export type SweepIot = Pick<
  IotGateway,
  'listCaCertificates' | 'listCertificatesByCa' | 'listCertificates' | 'describeCertificate' | 'indexedThings'
>;

export type StepContext = { environment: string; iot: SweepIot; now(): Date };

type Write = Parameters<typeof commitStep>[2];

/** The next step. A failure left nothing to write. */
export function takeStep(context: StepContext, progress: SweepProgress): Promise<Result<Write, Failure>> {
  switch (progress.step) {
    case 'cas':
      return listCas(context, progress);
    case 'certificates':
      return listOfCa(context, progress);
    case 'account':
      return listAccount(context, progress);
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
  const isAccount = progress.scope === 'account';
  // The list of the account has their certificates all the same.
  const hasLeftOut = !isAccount && (found.length > CAS_MAX || (nextToken !== undefined && !hasMore));
  const others: Unseen = { part: 'ca', id: null, reason: 'too-many-cas', message: '' };
  return ok(async () => ({
    ...(hasLeftOut ? withUnseen(progress, others) : progress),
    caIds,
    marker: hasMore ? nextToken : null,
    step: hasMore ? 'cas' : isAccount ? 'account' : 'certificates',
    counts: { ...progress.counts, casFound: caIds.length },
  }));
}

function listOfCa(context: StepContext, progress: SweepProgress): Promise<Result<Write, Failure>> {
  const [caId, ...others] = progress.caIds;
  if (caId === undefined) {
    return Promise.resolve(ok(async () => ({ ...progress, step: 'details', marker: null })));
  }
  const key = { environment: context.environment, caId };
  return listPage(context, progress, {
    caId,
    ask: (page) => context.iot.listCertificatesByCa(caId, page),
    async end(transaction, listed, period) {
      await noteMissing(transaction, key, period);
      return { ...listed, caIds: others, counts: { ...listed.counts, cas: listed.counts.cas + 1 } };
    },
  });
}

/** Everything there is. Who is missing in it is of no registered CA: those have lists of their own. */
function listAccount(context: StepContext, progress: SweepProgress): Promise<Result<Write, Failure>> {
  const { caIds } = progress;
  // Where not all registered CAs are known, only the certificates of none can be told from theirs.
  const others = caIds.length < CAS_MAX ? { allBut: caIds } : { caId: NO_CA };
  return listPage(context, progress, {
    caId: NO_CA,
    ask: (page) => context.iot.listCertificates(page),
    async end(transaction, listed, period) {
      await noteMissing(transaction, { environment: context.environment, ...others }, period);
      return { ...listed, step: 'details', caIds: [] };
    },
  });
}

type CertificateList = {
  /** Of whoever the ledger does not have, until AWS says more. */
  caId: string;
  ask(page: PageRequest): ReturnType<SweepIot['listCertificates']>;
  /** What comes after the last page. */
  end(
    transaction: Parameters<Write>[0],
    listed: SweepProgress,
    period: { since: Date; at: Date },
  ): Promise<SweepProgress>;
};

async function listPage(
  { environment, now }: StepContext,
  progress: SweepProgress,
  { caId, ask, end }: CertificateList,
): Promise<Result<Write, Failure>> {
  const { marker, counts } = progress;
  // Before the call: what changes while AWS answers is newer than the answer.
  const at = now();
  const since = progress.caStartedAt === null ? at : new Date(progress.caStartedAt);
  const page = await ask({ pageSize: PAGE_SIZE_MAX, token: marker ?? undefined });
  if (!page.ok)
    return isMarkerRefused(page.failure, progress) ? ok(async () => fromFirstPage(progress)) : page;
  const { items, nextToken } = page.value;
  return ok(async (transaction) => {
    const seen = items.map(({ certificateId, status, createdAt }) => ({
      certificateId,
      state: status,
      registeredAt: createdAt,
    }));
    const { changed } = await writeListed(transaction, { environment, caId }, seen, at);
    const listed = {
      ...progress,
      counts: { ...counts, listed: counts.listed + items.length, changed: counts.changed + changed },
    };
    if (nextToken !== undefined) return { ...listed, marker: nextToken, caStartedAt: since.toISOString() };
    return end(
      transaction,
      { ...listed, marker: null, caStartedAt: null, isRestarted: false },
      { since, at },
    );
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
  if (unread.length === 0)
    return ok(async () => ({ ...progress, step: stepAfterDetails(progress), marker: null }));
  const at = now();
  const read: ReadCertificate[] = [];
  const refused: Unseen[] = [];
  let last = progress.marker;
  for (const each of unread) {
    if (now().getTime() - at.getTime() > DETAILS_MS_MAX) break;
    const answer = await readOne(iot, each);
    if (answer.ok) {
      read.push(answer.value);
    } else {
      const why = refusalOf(answer.failure);
      const isFirst = last === progress.marker;
      // All of them: that is no matter of single certificates.
      const isEach = read.length === 0 && refused.length === DETAILS_PER_WRITE - 1;
      if (why === undefined ? isFirst : isEach) return answer;
      if (why === undefined) break;
      refused.push({ part: 'details', id: each.certificateId, ...why });
    }
    last = each.certificateId;
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
        ...refused,
      ),
      marker: last,
      counts: {
        ...counts,
        added: counts.added + added,
        deleted: counts.deleted + gone,
        failed: counts.failed + refused.length,
      },
    };
  });
}

/** What AWS says where it lets others be read: a policy may forbid one certificate, by its ARN or its tags. */
const ONE_REFUSED = /^(AccessDenied|Unauthorized|InvalidRequest)/;

/** @returns undefined where the next certificate would be answered no better */
function refusalOf(failure: Failure): Pick<Unseen, 'reason' | 'message'> | undefined {
  if (failure.kind !== 'aws' || !ONE_REFUSED.test(failure.name)) return undefined;
  return { reason: failure.name, message: failure.message };
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
    der &&
    // AWS has it as a device's.
    readLedgerCertificate(Buffer.from(der), { keyOrigin: 'device', signedBy: undefined, mayBeCa: true });
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
