import type { Route } from 'next';
import { CONSOLE_PAGES, type ConsolePage } from './console-place';

const IN_ENVIRONMENT: Partial<Record<ConsolePage, string>> = {
  overview: '',
  find: '/find',
  issue: '/devices/issue',
  devices: '/devices',
  batches: '/devices/batches',
  ledger: '/devices/overview',
  stuck: '/stuck',
  pending: '/pending',
  preFlight: '/pre-flight',
  checkBatch: '/check-batch',
  certificateAuthorities: '/certificate-authorities',
  templates: '/templates',
  profiles: '/profiles',
  things: '/things',
  certificates: '/certificates',
  policies: '/policies',
  mqttClient: '/mqtt-client',
  sandbox: '/sandbox',
};

const PATHS = { operators: '/operators', audit: '/audit' } as const;

/** The address of a page of the navigation in an environment. */
export function consoleHref(page: ConsolePage, environmentId: string): Route {
  if (page === 'operators' || page === 'audit') return PATHS[page] as Route;
  return `/e/${environmentId}${IN_ENVIRONMENT[page] ?? ''}` as Route;
}

/** The page of the navigation that a path belongs to: the one with the longest matching address. */
export function pageOfPath(path: string, environmentId: string): ConsolePage | undefined {
  let found: { page: ConsolePage; length: number } | undefined;
  for (const page of CONSOLE_PAGES) {
    const href = consoleHref(page, environmentId);
    const isHere = path === href || (page !== 'overview' && path.startsWith(`${href}/`));
    if (isHere && href.length > (found?.length ?? 0)) found = { page, length: href.length };
  }
  return found?.page;
}
