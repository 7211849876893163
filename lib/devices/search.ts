/**
 * Which device is meant: asks the ledger, AWS's registry and the fleet index, in this order and only as far as needed, and says
 * where it was looked.
 * @module
 */
import 'server-only';
import { fromFailure } from '@/lib/aws/diagnosis/inquiry';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { LookUp } from '@/lib/diagnosis/look-up';
import type { Candidate, Looked, Outcome, Place, SearchAnswer, Witness } from '@/lib/diagnosis/search-answer';
import type { Failure } from '@/lib/failure';
import type { LedgerRow } from '@/lib/ledger/ledger-row';
import { find } from '@/lib/ledger/read';
import { findByName, findBySerial } from '@/lib/ledger/search';
import { searchLedger } from '@/lib/ledger/search-pages';
import { serialSpellings } from '@/lib/ledger/serial-spellings';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { isThingName } from '@/lib/registry/thing';
import type { Result } from '@/lib/result';
import { diagnoseDevice } from './diagnose-device';

/** More candidates than these are a question to be put more narrowly. Our choice. */
export const CANDIDATES_MAX = 20;

/** Calls to AWS beside the diagnosis; a name is looked up in three places. */
const THINGS_LOOKED_MAX = 2;
const IDS_LOOKED_MAX = 2;

type Device = Extract<Candidate, { kind: 'device' }>;

class Search {
  readonly iot: IotGateway;
  readonly environment: Environment;
  readonly now: Date;
  readonly looked: Looked[] = [];
  isCut = false;
  readonly #candidates = new Map<string, Candidate>();

  constructor(environment: Environment, now: Date) {
    this.iot = iotFor(environment);
    this.environment = environment;
    this.now = now;
  }

  get candidates(): Candidate[] {
    return [...this.#candidates.values()];
  }

  look(place: Place, what: string, outcome: Outcome): void {
    this.looked.push({ place, what, outcome });
  }

  /** Notes what an answer of AWS comes to. */
  answered<Value>(place: Place, what: string, answer: Result<Value, Failure>): Value | undefined {
    this.look(place, what, answer.ok ? 'found' : outcomeOf(answer.failure, this.now));
    return answer.ok ? answer.value : undefined;
  }

  /** Who is found twice is one device with two witnesses. */
  add(candidate: Candidate): void {
    const key =
      candidate.kind === 'device'
        ? candidate.certificateId
        : `${candidate.kind} ${candidate.kind === 'ca' ? candidate.caId : candidate.name}`;
    const known = this.#candidates.get(key);
    if (known === undefined && this.#candidates.size === CANDIDATES_MAX) {
      this.isCut = true;
      return;
    }
    this.#candidates.set(key, known === undefined ? candidate : merged(known, candidate));
  }

  addRow(row: LedgerRow): void {
    this.add(deviceOf(row.certificateId, 'ledger', { commonName: row.commonName || undefined }));
  }
}

const deviceOf = (certificateId: string, witness: Witness, more: Partial<Device> = {}): Device => ({
  kind: 'device',
  certificateId,
  commonName: undefined,
  status: undefined,
  thing: undefined,
  ...more,
  witnesses: [witness],
});

function merged(left: Candidate, right: Candidate): Candidate {
  const witnesses = [...new Set([...left.witnesses, ...right.witnesses])];
  if (left.kind !== 'device' || right.kind !== 'device') return { ...left, witnesses };
  return {
    ...left,
    commonName: left.commonName ?? right.commonName,
    status: left.status ?? right.status,
    thing: left.thing ?? right.thing,
    witnesses,
  };
}

function outcomeOf(failure: Failure, now: Date): Outcome {
  const known = fromFailure(failure, 'given', now);
  if (known.kind === 'known') return 'nothing';
  return known.kind === 'not-permitted' ? 'refused' : 'unanswered';
}

/** Never fails: places that do not answer are part of the answer. */
export async function searchDevices(
  environment: Environment,
  lookUp: LookUp,
  now = new Date(),
): Promise<SearchAnswer> {
  const search = new Search(environment, now);
  const { certificateIds, caIds, things, names, serials } = lookUp;
  const brought = await addBrought(search, lookUp.certificatePem);
  const ids = brought === undefined ? certificateIds : [brought, ...certificateIds];
  await Promise.all([
    ...[...new Set(ids)].slice(0, IDS_LOOKED_MAX).map((id) => lookForId(search, id)),
    ...caIds.slice(0, IDS_LOOKED_MAX).map((id) => lookForCa(search, id)),
    ...things.slice(0, THINGS_LOOKED_MAX).map((name) => lookForThing(search, name)),
    ...names.map((name) => lookForName(search, name)),
    lookForSerials(search, serials),
  ]);
  const { candidates, looked, isCut } = search;
  const meant = meantAmong(candidates, brought);
  const device =
    meant === undefined
      ? undefined
      : (
          await diagnoseDevice(environment, meant, {
            now,
            given: lookUp.given,
            certificatePem: meant === brought ? lookUp.certificatePem : undefined,
          })
        ).device;
  return { candidates, looked, isCut, device };
}

/** The one whose certificate was brought, or the only one that was found. */
function meantAmong(candidates: readonly Candidate[], brought: string | undefined): string | undefined {
  if (brought !== undefined) return brought;
  const [only, ...others] = candidates;
  return only?.kind === 'device' && others.length === 0 ? only.certificateId : undefined;
}

async function addBrought(search: Search, pem: string | undefined): Promise<string | undefined> {
  if (pem === undefined) return undefined;
  const read = await inspectCertificate(pem, globalThis.crypto);
  if (!read.ok) return undefined;
  const { certificateId, subject } = read.value;
  search.add(deviceOf(certificateId, 'given', { commonName: subject.fields.commonName }));
  return certificateId;
}

/** 64 hex digits: a certificate's id or fingerprint, else a CA's. */
async function lookForId(search: Search, id: string): Promise<void> {
  const [row, described] = await Promise.all([
    find(search.environment.id, id, search.now),
    search.iot.describeCertificate(id),
  ]);
  search.look('ledger', id, row === undefined ? 'nothing' : 'found');
  if (row !== undefined) search.addRow(row);
  const certificate = search.answered('certificates', id, described);
  if (certificate !== undefined) {
    const read = await inspectCertificate(certificate.certificatePem, globalThis.crypto);
    const commonName = read.ok ? read.value.subject.fields.commonName : undefined;
    search.add(deviceOf(id, 'certificates', { status: certificate.status, commonName }));
  }
  if (row === undefined && certificate === undefined) await lookForCa(search, id);
}

async function lookForCa(search: Search, caId: string): Promise<void> {
  const ca = search.answered('certificate-authorities', caId, await search.iot.describeCaCertificate(caId));
  if (ca !== undefined) {
    search.add({ kind: 'ca', caId, status: ca.status, witnesses: ['certificate-authorities'] });
  }
}

/** @returns whether AWS has a thing of this name */
async function lookForThing(search: Search, name: string): Promise<boolean> {
  const page = search.answered(
    'things',
    name,
    await search.iot.listThingPrincipals(name, { pageSize: CANDIDATES_MAX, token: undefined }),
  );
  if (page === undefined) return false;
  const ids = page.items.flatMap((principal) =>
    principal.kind === 'certificate' ? [principal.certificateId] : [],
  );
  for (const id of ids) search.add(deviceOf(id, 'things', { thing: name }));
  if (ids.length === 0) search.add({ kind: 'thing', name, hasNoCertificate: true, witnesses: ['things'] });
  if (page.nextToken !== undefined) search.isCut = true;
  return true;
}

/** A common name or a thing's name, and where nothing has it, a part of one. */
async function lookForName(search: Search, name: string): Promise<void> {
  const isName = isThingName(name);
  const [exact, isThing] = await Promise.all([
    findByName(search.environment.id, name, { limit: CANDIDATES_MAX, now: search.now }),
    isName && lookForThing(search, name),
  ]);
  for (const row of exact) search.addRow(row);
  if (exact.length > 0) return search.look('ledger', name, 'found');
  await lookForPart(search, name, isThing);
  if (isName && !isThing) await lookInIndex(search, name);
}

/** Where AWS knows the name, the ledger's others that contain it are not meant. */
async function lookForPart(search: Search, part: string, isKnown: boolean): Promise<void> {
  const { environment, now } = search;
  const found = await searchLedger(environment.id, {
    filter: { text: part },
    pageSize: CANDIDATES_MAX,
    now,
  });
  if (!found.ok) return search.look('ledger', part, 'unanswered');
  const { rows, next } = found.value;
  search.look('ledger', part, rows.length === 0 ? 'nothing' : 'found');
  if (isKnown) return;
  for (const row of rows) search.addRow(row);
  search.isCut ||= next !== undefined;
}

async function lookInIndex(search: Search, prefix: string): Promise<void> {
  const indexed = await search.iot.thingsBeginningWith(prefix, CANDIDATES_MAX);
  if (!indexed.ok) {
    const isOff = indexed.failure.kind === 'not-found';
    return search.look('index', prefix, isOff ? 'off' : outcomeOf(indexed.failure, search.now));
  }
  search.look('index', prefix, indexed.value.length === 0 ? 'nothing' : 'found');
  for (const name of indexed.value) {
    search.add({ kind: 'thing', name, hasNoCertificate: false, witnesses: ['index'] });
  }
}

/** Only the ledger knows serial numbers: AWS finds no certificate by its own. */
async function lookForSerials(search: Search, serials: readonly string[]): Promise<void> {
  if (serials.length === 0) return;
  const spellings = serials.flatMap(serialSpellings);
  const rows = await findBySerial(search.environment.id, spellings, {
    limit: CANDIDATES_MAX,
    now: search.now,
  });
  for (const serial of serials) search.look('ledger', serial, rows.length === 0 ? 'nothing' : 'found');
  for (const row of rows) search.addRow(row);
}
