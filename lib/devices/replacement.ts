/**
 * How far one certificate has come in the place of another, from ledger and AWS.
 * @module
 */
import 'server-only';
import { type ReplacementRead, readReplacing } from '@/lib/aws/acts/replace-certificate';
import { collect } from '@/lib/aws/collect';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { Delivery } from '@/lib/ledger/delivery';
import { find } from '@/lib/ledger/read';
import { type ReplacementRow, replacementsAbout } from '@/lib/ledger/replacements';
import { type CertificateFacts, inspectCertificate } from '@/lib/pki/inspect-certificate';
import type { CertificateState } from '@/lib/registry/act';
import type { CertificateDetail } from '@/lib/registry/device-certificate';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import {
  type Compared,
  type Parity,
  parityOf,
  planReplacement,
  type ReplacementPlan,
} from '@/lib/registry/replacement';
import { ok, type Result } from '@/lib/result';

/** AWS allows a thing in ten groups. */
const GROUPS_MAX = 50;

export type OldCertificate = {
  detail: CertificateDetail;
  state: CertificateState;
  facts: CertificateFacts | undefined;
  /** Static groups of its things: they stay, whatever the certificate. */
  groups: readonly string[];
};

/** What can be known of the new certificate's connections. */
export type Sighting =
  /** The sandbox says which certificate a client came with. */
  | { kind: 'connected' }
  /** The index says when the thing came or went, not with which certificate. */
  | { kind: 'thing'; at: Date; isConnected: boolean }
  | { kind: 'none' }
  /** The index is off, or did not answer. */
  | { kind: 'unknown' };

export type BegunReplacement = {
  row: ReplacementRow;
  delivery: Delivery | undefined;
  next: CertificateState | undefined;
  plan: ReplacementPlan;
  parity: readonly Parity[];
  facts: CertificateFacts | undefined;
  isCaActive: boolean;
  sighting: Sighting;
};

export type ReplacementFacts = {
  old: Result<OldCertificate, Failure>;
  /** Undefined: none was begun, or it was given up. */
  begun: Result<BegunReplacement, Failure> | undefined;
  /** What this certificate itself took the place of. */
  predecessor: ReplacementRow | undefined;
};

/** Whether a client is connected with this certificate now; false where nobody can say. */
export type IsConnected = (certificateId: string) => Promise<boolean>;

export async function readReplacement(
  environment: Environment,
  certificateId: string,
  { now, isConnected }: { now: Date; isConnected: IsConnected },
): Promise<ReplacementFacts> {
  const iot = iotFor(environment);
  const [{ asOld: row, asNew: predecessor }, detail] = await Promise.all([
    replacementsAbout(environment.id, certificateId),
    iot.describeCertificate(certificateId),
  ]);
  if (!detail.ok) return { old: detail, begun: undefined, predecessor };
  const read = await readReplacing(iot, {
    oldCertificateId: certificateId,
    newCertificateId: row?.newCertificateId ?? certificateId,
    newCaId: row?.newCaId ?? detail.value.caId ?? certificateId,
  });
  if (!read.ok) return { old: read, begun: undefined, predecessor };
  const { old: state } = read.value;
  const [facts, groups] = await Promise.all([
    factsOf(detail.value.certificatePem),
    groupsOf(iot, state.thingNames),
  ]);
  const old = { detail: detail.value, state, facts, groups };
  if (row === undefined) return { old: ok(old), begun: undefined, predecessor };
  return {
    old: ok(old),
    begun: ok(await begunOf(environment, { row, old, read: read.value, now, isConnected })),
    predecessor,
  };
}

type Begun = {
  row: ReplacementRow;
  old: OldCertificate;
  read: ReplacementRead;
  now: Date;
  isConnected: IsConnected;
};

async function begunOf(
  environment: Environment,
  { row, old, read, now, isConnected }: Begun,
): Promise<BegunReplacement> {
  const { newCertificateId, newCertificatePem } = row;
  const [issued, facts, sighting] = await Promise.all([
    find(environment.id, newCertificateId, now),
    factsOf(newCertificatePem),
    sightingOf(environment, row, { thingName: old.state.thingNames[0], isConnected }),
  ]);
  const isCaActive = read.caPem !== undefined;
  return {
    row,
    delivery: issued?.delivery,
    next: read.next,
    plan: planReplacement({ old: old.state, next: read.next, newCertificateId, isCaActive }),
    parity: comparedParity(old.state, old.facts, { next: read.next, facts }),
    facts,
    isCaActive,
    sighting,
  };
}

/** Whether the new one has what the old one has, as far as both are known to AWS. */
export function comparedParity(
  old: CertificateState,
  oldFacts: CertificateFacts | undefined,
  { next, facts }: { next: CertificateState | undefined; facts: CertificateFacts | undefined },
): Parity[] {
  const nothing = { thingNames: [], policyNames: [] };
  return parityOf(compared(old, oldFacts), compared(next ?? nothing, facts));
}

const compared = (
  { thingNames, policyNames }: Pick<CertificateState, 'thingNames' | 'policyNames'>,
  facts: CertificateFacts | undefined,
): Compared => ({
  thingNames,
  policyNames,
  commonName: facts?.subject.fields.commonName,
  subject: facts?.subject.text,
});

export async function factsOf(pem: string): Promise<CertificateFacts | undefined> {
  const read = await inspectCertificate(pem, globalThis.crypto);
  return read.ok ? read.value : undefined;
}

async function groupsOf(iot: IotGateway, thingNames: readonly string[]): Promise<string[]> {
  const all = await Promise.all(
    thingNames.map((name) =>
      collect((token) => iot.listThingGroups(name, { pageSize: PAGE_SIZE_MAX, token }), GROUPS_MAX),
    ),
  );
  return [...new Set(all.flatMap((groups) => (groups.ok ? groups.value : [])))].toSorted((a, b) =>
    a < b ? -1 : 1,
  );
}

async function sightingOf(
  environment: Environment,
  { newCertificateId, inPlaceAt }: ReplacementRow,
  { thingName, isConnected }: { thingName: string | undefined; isConnected: IsConnected },
): Promise<Sighting> {
  if (await isConnected(newCertificateId)) return { kind: 'connected' };
  if (thingName === undefined) return { kind: 'unknown' };
  const connectivity = await iotFor(environment).thingConnectivity(thingName);
  if (!connectivity.ok) return { kind: 'unknown' };
  const { changedAt: at, isConnected: isOnline } = connectivity.value;
  const isAfter = at !== undefined && inPlaceAt !== null && at > inPlaceAt;
  return isAfter ? { kind: 'thing', at, isConnected: isOnline } : { kind: 'none' };
}
