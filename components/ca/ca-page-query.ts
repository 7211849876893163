/**
 * What the page of one CA keeps in its URL: the open tab, and where its list of devices stands.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import { caHref } from '@/components/registry/hrefs';
import { pageParameters, printQuery, type SearchParams } from '@/components/registry/list-query';

const CA_TABS = ['template', 'devices', 'certificate'] as const;

const schema = z.object({ ...pageParameters, tab: z.enum(CA_TABS).optional().catch(undefined) });

export type CaPageQuery = z.output<typeof schema>;

/** A hand-edited URL never breaks the page: each bad parameter falls back on its own. */
export const parseCaPageQuery = (params: SearchParams): CaPageQuery => schema.parse(params);

/** The URL of a page of one CA's devices, with their tab open. */
export const devicesPageHref = (
  environment: string,
  caId: string,
  page: Partial<Pick<CaPageQuery, 'size' | 'token'>>,
): Route => printQuery(caHref(environment, caId), { tab: 'devices', size: page.size, token: page.token });
