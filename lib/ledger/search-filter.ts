/**
 * What people filter the ledger by, as conditions that indexes answer.
 * @module
 */
import 'server-only';
import { eq, gte, ilike, isNull, like, lt, or, type SQL, sql } from 'drizzle-orm';
import { issuedCertificates } from '@/lib/db/schema/ledger';
import { parseCertificateLookup } from '@/lib/registry/certificate-lookup';
import { type Delivery, hasDelivery } from './delivery';
import { serialSpellings } from './serial-spellings';

/** Every part narrows; none: the whole ledger of the environment. */
export type LedgerFilter = {
  /** Common name, thing name, serial number, certificate id, fingerprint or batch, as people have it at hand. */
  text?: string | undefined;
  batch?: string | undefined;
  caId?: string | undefined;
  delivery?: Delivery | undefined;
  /** As last seen in AWS; `never`: AWS has not shown it yet. */
  state?: string | undefined;
  expiresFrom?: Date | undefined;
  /** The first moment that is too late. */
  expiresBefore?: Date | undefined;
};

/** State of certificates that AWS has not shown yet. */
export const NEVER_SEEN = 'never';

/** A shorter beginning of an id fits hundreds among a million. */
const ID_PREFIX_DIGITS_MIN = 4;

/** The trigram index knows runs of three letters or digits; what has none is compared with the beginnings of names. */
const TRIGRAM = /[0-9a-z]{3}/i;

/** The conditions, the environment's among them. */
export function conditionsOf(environment: string, filter: LedgerFilter, now: Date): SQL[] {
  const { environment: place, batch, caId, notAfter } = issuedCertificates;
  const conditions = [
    eq(place, environment),
    filter.text === undefined ? undefined : textCondition(filter.text),
    filter.batch === undefined ? undefined : eq(batch, withoutZero(filter.batch)),
    filter.caId === undefined ? undefined : eq(caId, filter.caId),
    filter.delivery === undefined ? undefined : hasDelivery(filter.delivery, now),
    filter.state === undefined ? undefined : stateCondition(filter.state),
    filter.expiresFrom === undefined ? undefined : gte(notAfter, filter.expiresFrom),
    filter.expiresBefore === undefined ? undefined : lt(notAfter, filter.expiresBefore),
  ];
  return conditions.flatMap((condition) => (condition === undefined ? [] : [condition]));
}

function stateCondition(state: string): SQL {
  const { lastSeenState } = issuedCertificates;
  return state === NEVER_SEEN ? isNull(lastSeenState) : eq(lastSeenState, withoutZero(state));
}

function textCondition(given: string): SQL | undefined {
  const text = withoutZero(given.trim());
  const { certificateId, commonName, serial, thingName, batch } = issuedCertificates;
  const id = parseCertificateLookup(text);
  // Some fleets name devices by such digits, too.
  if (id !== undefined) return or(eq(certificateId, id), eq(commonName, text), eq(thingName, text));
  const digits = text.replaceAll(/[: ]/g, '').toLowerCase();
  const isHex = /^[0-9a-f]+$/.test(digits);
  return or(
    ...nameConditions(text),
    isHex || /^\d+$/.test(text) ? sql`${serial} in ${serialSpellings(digits)}` : undefined,
    isHex && digits.length >= ID_PREFIX_DIGITS_MIN ? like(certificateId, `${digits}%`) : undefined,
    eq(batch, text),
  );
}

function nameConditions(text: string): SQL[] {
  const { commonName, thingName } = issuedCertificates;
  const literal = text.replaceAll(/[\\%_]/g, '\\$&');
  if (TRIGRAM.test(text)) return [ilike(commonName, `%${literal}%`), ilike(thingName, `%${literal}%`)];
  const spellings = new Set([literal, literal.toLowerCase(), literal.toUpperCase()]);
  return [...spellings].flatMap((spelled) => [
    like(commonName, `${spelled}%`),
    like(thingName, `${spelled}%`),
  ]);
}

/** PostgreSQL keeps no zero byte in a text and refuses to compare with one (its manual, "Character Types"). */
function withoutZero(text: string): string {
  return text.replaceAll('\0', '\u{FFFD}');
}
