/**
 * The state of the list of issued devices in its URL.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import {
  pageParameters,
  printQuery,
  type SearchParams,
  textParameter,
} from '@/components/registry/list-query';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { EXPIRY_KEYS, expiryPeriod } from '@/lib/registry/expiry-periods';

export const DELIVERIES = ['reserved', 'delivered', 'not-confirmed', 'replaced', 'given-up'] as const;

/** As last seen in AWS; `never`: not yet; `DELETED`: AWS does not have it any more. */
export const SEEN_STATES = [
  'never',
  'PENDING_ACTIVATION',
  'ACTIVE',
  'INACTIVE',
  'REVOKED',
  'PENDING_TRANSFER',
  'REGISTER_INACTIVE',
  'DELETED',
] as const;

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A thing's name has 128 characters at most; a fingerprint with colons has 95, an ARN some more than a hundred. */
const TEXT_CHARACTERS_MAX = 160;

const day = z.iso.date().optional().catch(undefined);

const filter = {
  query: textParameter(TEXT_CHARACTERS_MAX),
  state: z.enum(SEEN_STATES).optional().catch(undefined),
  delivery: z.enum(DELIVERIES).optional().catch(undefined),
  /** A batch's id. */
  batch: textParameter(64),
  ca: z.string().refine(isCertificateId).optional().catch(undefined),
  expires: z.enum(EXPIRY_KEYS).optional().catch(undefined),
  /** Days in UTC, both of them within; only without `expires`. */
  from: day,
  until: day,
};

const schema = z.object({ ...pageParameters, ...filter });

export type DevicesQuery = z.output<typeof schema>;

/** A hand-edited URL never breaks the page: each bad parameter falls back on its own. */
export const parseDevicesQuery = (params: SearchParams): DevicesQuery => schema.parse(params);

type FilterQuery = Partial<Omit<DevicesQuery, 'size' | 'token'>>;

const filterOf = ({ query, state, delivery, batch, ca, expires, from, until }: FilterQuery) => ({
  query,
  state,
  delivery,
  batch,
  ca,
  expires,
  from,
  until,
});

export const isFiltered = (query: FilterQuery): boolean =>
  Object.values(filterOf(query)).some((value) => value !== undefined);

/** The URL of a listing; the inverse of {@link parseDevicesQuery}, defaults left out. */
export const devicesHref = (environment: string, query: Partial<DevicesQuery>): Route =>
  printQuery(`/e/${environment}/devices`, { ...filterOf(query), size: query.size, token: query.token });

/** Where the devices of a listing, all pages of them, are given out as a file. */
export const exportHref = (environment: string, query: FilterQuery, format: ExportFormat): Route =>
  printQuery(`/e/${environment}/devices/export`, { ...filterOf(query), format });

/** Where the devices of a listing, all pages of them, are read to be acted on. */
export const selectionHref = (environment: string, query: FilterQuery): Route =>
  printQuery(`/e/${environment}/acts/selection`, { list: 'devices', ...filterOf(query) });

/** What the ledger is asked for. */
export function toLedgerFilter(query: FilterQuery, now: Date) {
  const { query: text, state, delivery, batch, ca: caId, expires, from, until } = query;
  const period =
    expires === undefined
      ? {
          expiresFrom: from === undefined ? undefined : new Date(from),
          expiresBefore: until === undefined ? undefined : dayAfter(until),
        }
      : expiryPeriod(expires, now);
  return { text, state, delivery, batch, caId, ...period };
}

function dayAfter(date: string): Date {
  const after = new Date(date);
  after.setUTCDate(after.getUTCDate() + 1);
  return after;
}

/** The form that issues; with a CA it is that CA's. */
export const issueHref = (environment: string, query: { ca?: string; token?: string }): Route =>
  printQuery(`/e/${environment}/devices/issue`, query);
