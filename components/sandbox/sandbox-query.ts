/**
 * The state of the sandbox page in its URL.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import { printQuery, type SearchParams, textParameter } from '@/components/registry/list-query';

export const TABS = ['events', 'clients', 'faults'] as const;

const schema = z.object({
  /** An ARN is the longest form of an id; a little more for what is pasted around it. */
  find: textParameter(256),
  /** Code of the reason. */
  kind: textParameter(64),
  /** The filter of the connected clients. */
  client: textParameter(256),
  tab: z.enum(TABS).optional().catch(undefined),
});

export type SandboxQuery = z.output<typeof schema>;

/** A hand-edited URL never breaks the page: each bad parameter falls back on its own. */
export const parseSandboxQuery = (params: SearchParams): SandboxQuery => schema.parse(params);

/** The URL of the page; the inverse of {@link parseSandboxQuery}. */
export const sandboxHref = (environment: string, query: Partial<SandboxQuery>): Route =>
  printQuery(`/e/${environment}/sandbox`, query);

/** Where an open page reads on. */
export function liveUrl(
  environment: string,
  { find, kind }: Pick<SandboxQuery, 'find' | 'kind'>,
  cursor: { sequence: number; at: string } | undefined,
): string {
  return printQuery(`/e/${environment}/sandbox/live`, {
    find,
    kind,
    after: cursor?.sequence,
    at: cursor?.at,
  });
}

export const clientsUrl = (environment: string, { client }: Pick<SandboxQuery, 'client'>): string =>
  printQuery(`/e/${environment}/sandbox/clients`, { client });
