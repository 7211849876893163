/**
 * `test` for walks through the whole console: one console per worker with an operator of every role, a fleet when asked for, and
 * contexts that are signed in as whom one likes.
 * @module
 */
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
} from '@playwright/test';
import type { Role } from '@/lib/auth/permissions';
import { setUpAdmin } from '../fixtures/console-test';
import { disposeConsole, type RunningConsole, startConsole } from '../fixtures/running-console';
import { callAction } from './call-action';
import { type Action, readEntrances } from './entrances';
import { type Fleet, makeFleet } from './fleet';
import { freePort } from './free-port';

export type Visitor = Role | 'nobody';
export const VISITORS: readonly Visitor[] = ['security-admin', 'engineer', 'support', 'nobody'];

type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>;

export type Walk = {
  console: RunningConsole;
  /** The sandbox's API, as AWS. */
  api: string;
  states: Record<Visitor, StorageState>;
};

/** Names and addresses of the operators that are no admin. */
export const OTHERS = {
  engineer: { name: 'Emil Engineer', email: 'emil@example.com' },
  support: { name: 'Sara Support', email: 'sara@example.com' },
} as const;

const PASSWORD = 'four unrelated words here';

export const test = base.extend<object, { walk: Walk; fleet: Fleet }>({
  walk: [
    async ({ browser, playwright }, use) => {
      const port = await freePort();
      const running = await startConsole({
        env: { SANDBOX_API_PORT: String(port), SANDBOX_PROVISIONING_DELAY_MS: '300' },
      });
      const api = `http://127.0.0.1:${port}`;
      const states = await signEverybodyIn(browser, running, (options) =>
        playwright.request.newContext(options),
      );
      await use({ console: running, api, states });
      await disposeConsole(running);
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  fleet: [
    async ({ walk, playwright }, use) => {
      const fleet = await makeFleet(walk.api);
      const request = await playwright.request.newContext({ storageState: walk.states['security-admin'] });
      await reserve(request, walk, fleet);
      await request.dispose();
      await use(fleet);
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

/** A context of this visitor; the console's address is its base. */
export function contextOf(
  browser: Browser,
  walk: Walk,
  visitor: Visitor,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return browser.newContext({ baseURL: walk.console.url, storageState: walk.states[visitor], ...options });
}

/** The path of a route with the fleet's names in it; throws for a parameter that nobody gave a value. */
export function pathOf(route: string, fleet: Fleet | Record<string, string>): string {
  const values = new Map(Object.entries({ environment: 'sandbox', ...fleet }));
  // The pages of devices are about certificates that the ledger knows.
  const aliases = new Map(route.includes('/devices/') ? [['certificateId', 'unseenId']] : []);
  return route.replaceAll(/\[(\w+)\]/g, (_, name: string) => {
    const value = values.get(aliases.get(name) ?? name);
    if (value === undefined)
      throw new Error(`The walk knows no value for [${name}] in ${route}: add it to the fleet.`);
    return encodeURIComponent(value);
  });
}

type NewRequest = (options: { baseURL: string; storageState: StorageState }) => Promise<APIRequestContext>;

async function signEverybodyIn(
  browser: Browser,
  running: RunningConsole,
  newRequest: NewRequest,
): Promise<Record<Visitor, StorageState>> {
  const page = await browser.newPage();
  await setUpAdmin(page, running);
  const admin = await page.context().storageState();
  await page.close();
  const nobody: StorageState = { cookies: [], origins: [] };
  const request = await newRequest({ baseURL: running.url, storageState: admin });
  const invite = async (role: 'engineer' | 'support') => {
    const link = await makeLink(request, running, role);
    const own = await newRequest({ baseURL: running.url, storageState: nobody });
    const token = new URL(link).hash.replace('#token=', '');
    await call(own, running, 'setOwnPassword', { token, password: PASSWORD });
    const state = await own.storageState();
    await own.dispose();
    return state;
  };
  const states = {
    nobody,
    'security-admin': admin,
    engineer: await invite('engineer'),
    support: await invite('support'),
  };
  await request.dispose();
  return states;
}

async function makeLink(
  request: APIRequestContext,
  running: RunningConsole,
  role: 'engineer' | 'support',
): Promise<string> {
  const { link } = Object(await call(request, running, 'inviteOperator', { ...OTHERS[role], role }));
  return String(link);
}

/** A row of the ledger, as the page that issues writes one before it gives a bundle out. */
async function reserve(request: APIRequestContext, walk: Walk, fleet: Fleet): Promise<void> {
  if (!readEntrances().actions.some(({ name }) => name === 'reserve')) return;
  await call(request, walk.console, 'reserve', {
    environment: 'sandbox',
    caId: fleet.caId,
    certificatePem: fleet.unseenPem,
    keyOrigin: 'console',
  });
}

/** Calls an action that has to succeed, by its name. */
async function call(
  request: APIRequestContext,
  running: RunningConsole,
  name: string,
  input: unknown,
): Promise<unknown> {
  const { id, route } = actionNamed(name);
  const url = `${running.url}${pathOf(route, { caId: '-', certificateId: '-', unseenId: '-', policyName: '-', templateName: '-', thingName: '-' })}`;
  const result = Object(await callAction(request, { id, url, input }));
  if (result.ok !== true) throw new Error(`${name}: ${JSON.stringify(result)}`);
  return result.value;
}

export function actionNamed(name: string): Action {
  const found = readEntrances().actions.find((action) => action.name === name);
  if (found === undefined) throw new Error(`The build has no action ${name}.`);
  return found;
}
