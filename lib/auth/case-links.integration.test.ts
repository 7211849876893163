import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '@/lib/db/database';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import {
  allowCaseLinks,
  CASE_LINK_DAYS_MAX,
  caseLinkId,
  findCaseLink,
  listCaseLinks,
  makeCaseLink,
  recordCaseLinkOpened,
  revokeCaseLink,
} from './case-links';
import { countLinkOpening } from './sign-in-limit';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

const NOW = new Date('2026-11-22T10:00:00Z');
const DAY_MS = 24 * 60 * 60_000;
const later = (ms: number) => new Date(NOW.getTime() + ms);
const ADA = { id: 'ada', name: 'Ada' };
const DEVICE = { environment: 'prod', certificateId: 'ab'.repeat(32) };

const make = async (days = 1) => expectOk(await makeCaseLink(DEVICE, ADA, days, NOW));
const open = (token: string, now = NOW, environment = 'prod') => findCaseLink({ environment, token, now });

beforeEach(async () => {
  await database().execute(sql`truncate case_links, case_link_settings`);
  await allowCaseLinks('prod', true, NOW);
});

describe('a case link', () => {
  it('opens its one device, and is kept as a hash', async () => {
    const { token, id } = await make();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await open(token)).toEqual({ ...DEVICE, id, expiresAt: later(DAY_MS) });
    const { rows } = await database().execute(sql`select * from case_links`);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(id).toBe(caseLinkId(token));
  });

  it('opens nothing from the moment it expires', async () => {
    const { token } = await make(CASE_LINK_DAYS_MAX);
    expect(await open(token, later(CASE_LINK_DAYS_MAX * DAY_MS - 1))).toBeDefined();
    expect(await open(token, later(CASE_LINK_DAYS_MAX * DAY_MS))).toBeUndefined();
    expect(await listCaseLinks(DEVICE, later(CASE_LINK_DAYS_MAX * DAY_MS))).toEqual([]);
  });

  it('opens nothing in another environment, whatever is allowed there', async () => {
    const { token } = await make();
    await allowCaseLinks('test', true, NOW);
    expect(await open(token, NOW, 'test')).toBeUndefined();
  });

  it('opens nothing once it is revoked; the others still do', async () => {
    const [one, other] = [await make(), await make()];
    await revokeCaseLink(DEVICE, one.id, NOW);
    expect(await open(one.token)).toBeUndefined();
    expect(await open(other.token)).toBeDefined();
    expect((await listCaseLinks(DEVICE, NOW)).map(({ id }) => id)).toEqual([other.id]);
  });

  it('is revoked only by who names its device', async () => {
    const { id, token } = await make();
    await revokeCaseLink({ ...DEVICE, certificateId: 'cd'.repeat(32) }, id, NOW);
    expect(await open(token)).toBeDefined();
  });

  it.each(['A'.repeat(43), '', 'a'.repeat(64)])('is not opened by %s', async (token) => {
    await make();
    expect(await open(token)).toBeUndefined();
  });

  it('tells how often it was opened', async () => {
    const { id } = await make();
    await recordCaseLinkOpened(id, later(1000));
    await recordCaseLinkOpened(id, later(2000));
    expect(await listCaseLinks(DEVICE, NOW)).toMatchObject([
      { id, createdByName: 'Ada', openings: 2, lastOpenedAt: later(2000) },
    ]);
  });
});

describe('links where they are not allowed', () => {
  it('are not made', async () => {
    const made = await makeCaseLink({ ...DEVICE, environment: 'test' }, ADA, 1, NOW);
    expect(made).toEqual({ ok: false, failure: { kind: 'conflict', reason: 'case-links-not-allowed' } });
  });

  it('open nothing any more', async () => {
    const { token } = await make();
    await allowCaseLinks('prod', false, NOW);
    expect(await open(token)).toBeUndefined();
  });
});

it('one device has no more links than somebody can look through', async () => {
  for (let count = 0; count < 20; count += 1) await make();
  expect(await makeCaseLink(DEVICE, ADA, 1, NOW)).toEqual({
    ok: false,
    failure: { kind: 'conflict', reason: 'too-many-case-links' },
  });
});

it('whoever tries link after link waits, and only he', async () => {
  const waits = [];
  for (let count = 0; count < 21; count += 1) waits.push(await countLinkOpening('192.0.2.7', NOW));
  expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(20);
  expect(waits.at(-1)).toBeGreaterThan(0);
  expect(await countLinkOpening('192.0.2.8', NOW)).toBe(0);
});
