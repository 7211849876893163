/** Who may enter where: every page, handler and action of the build, as every role and as nobody, over HTTP. */
import {
  IoTClient,
  ListCACertificatesCommand,
  ListCertificatesCommand,
  ListPoliciesCommand,
  ListThingsCommand,
} from '@aws-sdk/client-iot';
import { type APIRequestContext, expect } from '@playwright/test';
import { can, isPublic, type Operator, type Permission } from '@/lib/auth/permissions';
import { callAction, postAction } from './walk/call-action';
import { readEntrances } from './walk/entrances';
import { pathOf, test, VISITORS, type Visitor, type Walk } from './walk/walk-test';

const { pages, actions, unknown, prerendered } = readEntrances();

const operatorOf = (visitor: Visitor): Operator | undefined =>
  visitor === 'nobody' ? undefined : { id: '', name: '', email: '', role: visitor };
const may = (visitor: Visitor, permission: Permission) => can(operatorOf(visitor), permission);

test('the walk knows every page, handler and action of the build', () => {
  expect(unknown).toEqual([]);
  expect(pages.length).toBeGreaterThan(10);
  expect(actions.length).toBeGreaterThan(10);
});

test('no page is made at build time, where nobody has been asked who he is', () => {
  expect(new Set(prerendered)).toEqual(new Set(['/_global-error', '/icon.svg']));
});

for (const visitor of VISITORS) {
  test(`pages show themselves to ${visitor} only as the permission table says`, async ({
    walk,
    fleet,
    playwright,
  }) => {
    const request = await playwright.request.newContext({ storageState: walk.states[visitor] });
    for (const { route, permission, kind, method } of pages) {
      const path = `${pathOf(route, fleet)}?q=1`;
      const answer = await request.fetch(`${walk.console.url}${path}`, {
        method,
        maxRedirects: 0,
        ...(method === 'GET' ? {} : { headers: { origin: walk.console.url }, data: {} }),
      });
      const seen = { route, status: answer.status(), location: answer.headers()['location'] };
      if (may(visitor, permission)) {
        // The first page leads on, and who is in needs no sign-in.
        const leadsOn = route === '/' || (route === '/sign-in' && visitor !== 'nobody');
        // A handler that got as far as its schema shows that the refusals below are refusals of the visitor.
        const statuses = method !== 'GET' ? [400] : kind === 'handler' ? [200, 400] : [200];
        expect(leadsOn ? [307] : statuses, route).toContain(seen.status);
        continue;
      }
      const expected =
        visitor === 'nobody'
          ? { route, status: 307, location: `/sign-in?next=${encodeURIComponent(path)}` }
          : { route, status: 403 };
      expect(seen).toMatchObject(expected);
      const shown = await answer.text();
      if (kind === 'page' && visitor !== 'nobody')
        expect(shown).toContain('Your role does not allow this page');
      // The same page as Next's router fetches it, which says in its own way that there is nothing to see.
      const fetched =
        kind === 'page' ? await (await fetchPart(request, `${walk.console.url}${path}`)).text() : '';
      for (const secret of secretsOf(fleet, visitor)) {
        expect(`${shown}\n${fetched}`, `${route} as ${visitor}`).not.toContain(secret);
      }
    }
    await request.dispose();
  });
}

for (const visitor of VISITORS) {
  test(`actions do nothing for ${visitor} that the permission table does not allow`, async ({
    walk,
    fleet,
    playwright,
  }) => {
    const request = await playwright.request.newContext({ storageState: walk.states[visitor] });
    const before = await everything(walk, playwright.request);
    for (const { id, name, route, permission } of actions) {
      const result = await callAction(request, {
        id,
        url: `${walk.console.url}${pathOf(route, fleet)}`,
        input: {},
      });
      if (may(visitor, permission)) {
        // It got as far as its schema, which shows that the refusals below are refusals of the visitor.
        if (!isPublic(permission)) expect(result, name).toMatchObject({ failure: { kind: 'invalid-input' } });
      } else {
        const failure = visitor === 'nobody' ? { kind: 'signed-out' } : { kind: 'forbidden', permission };
        expect(result, name).toEqual({ ok: false, failure });
      }
    }
    expect(await everything(walk, playwright.request)).toEqual(before);
    await request.dispose();
  });
}

test.describe('an action that is called from elsewhere', () => {
  const origins = [
    { origin: 'https://attacker.example', why: 'another site' },
    { origin: 'null', why: 'a sandboxed frame' },
    { origin: null, why: 'no page at all' },
  ];
  for (const { origin, why } of origins) {
    test(`is refused: ${why}`, async ({ walk, fleet, playwright }) => {
      const request = await playwright.request.newContext({ storageState: walk.states['security-admin'] });
      const before = await everything(walk, playwright.request);
      for (const { id, route, permission } of actions) {
        if (isPublic(permission)) continue;
        const url = `${walk.console.url}${pathOf(route, fleet)}`;
        const answer = await postAction(request, { id, url, input: {}, origin });
        const text = await answer.text();
        // Next turns a foreign page away before the action hears of it; what comes from no page is ours to refuse.
        expect(
          answer.status() >= 400 || text.includes('"kind":"forbidden"'),
          `${id}: ${answer.status()} ${text}`,
        ).toBe(true);
        expect(text).not.toContain('invalid-input');
      }
      expect(await everything(walk, playwright.request)).toEqual(before);
      await request.dispose();
    });
  }
});

/** Asks as Next's router does, which Next sends to the address with `_rsc` first. */
async function fetchPart(request: APIRequestContext, url: string) {
  const headers = { rsc: '1' };
  const sent = await request.get(url, { maxRedirects: 0, headers });
  const location = sent.headers()['location'];
  return location?.includes('_rsc')
    ? request.get(new URL(location, url).href, { maxRedirects: 0, headers })
    : sent;
}

/** What only those may read who may open a page: the addresses carry the ids, the pages alone these. */
const secretsOf = ({ certificateId, caId }: { certificateId: string; caId: string }, visitor: Visitor) => [
  `cert/${certificateId}`,
  `cacert/${caId}`,
  visitor === 'support' ? 'emil@example.com' : 'sara@example.com',
  'press-2',
];

/** All that an action could change: the registry, the operators and the audit log. */
async function everything(walk: Walk, requests: { newContext(options: object): Promise<APIRequestContext> }) {
  const iot = new IoTClient({
    endpoint: walk.api,
    region: 'us-east-1',
    credentials: { accessKeyId: 'walk', secretAccessKey: 'walk' },
  });
  const [cas, certificates, policies, things] = await Promise.all([
    iot.send(new ListCACertificatesCommand({})),
    iot.send(new ListCertificatesCommand({})),
    iot.send(new ListPoliciesCommand({})),
    iot.send(new ListThingsCommand({})),
  ]);
  const admin = await requests.newContext({ storageState: walk.states['security-admin'] });
  const operators = tableOf(await (await admin.get(`${walk.console.url}/operators`)).text());
  const acts = tableOf(await (await admin.get(`${walk.console.url}/audit`)).text());
  await admin.dispose();
  return {
    cas: cas.certificates,
    certificates: certificates.certificates,
    policies: policies.policies,
    things: things.things,
    operators,
    acts,
  };
}

/** The words of a page's table, without its times, which move on. */
function tableOf(html: string): string {
  const table = /<table.*?<\/table>/s.exec(html)?.[0];
  if (table === undefined) throw new Error('The page has no table.');
  return table.replaceAll(/<time.*?<\/time>|<[^>]+>/gs, ' ').replaceAll(/\s+/g, ' ');
}
