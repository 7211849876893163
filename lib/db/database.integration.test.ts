import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listActs } from '@/lib/audit/list-acts';
import { recordIntent, recordOutcome } from '@/lib/audit/record';
import { admitLink, replaceSetupLink } from '@/lib/auth/one-time-links';
import {
  changeRole,
  completeSetup,
  createOperator,
  disableOperator,
  enableOperator,
  listOperators,
  resetPassword,
  setPassword,
} from '@/lib/auth/operators';
import { countSignInAttempt, forgetSignInAttempts } from '@/lib/auth/sign-in-limit';
import { counts } from '@/lib/ledger/counts';
import { RESERVATION_TIMEOUT_MS } from '@/lib/ledger/delivery';
import { find } from '@/lib/ledger/read';
import { confirmDelivery, recordSeen, reserve } from '@/lib/ledger/record';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { connectionOptions, database } from './database';
import { migrateDatabase } from './migrate';
import { accounts, operators, signInAttempts } from './schema/auth';

let running: AsyncDisposable;
beforeAll(async () => {
  running = await startEmbeddedDatabase();
});
afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

const later = (from: Date, ms: number) => new Date(from.getTime() + ms);

describe('migrations', () => {
  it('are applied once, however many instances start', async () => {
    const again = () => migrateDatabase(connectionOptions(), 'drizzle');
    await Promise.all([again(), again()]);
    const { rows } = await database().execute(
      sql`select count(*)::int as applied from drizzle.__drizzle_migrations`,
    );
    const journal = await import('@/drizzle/meta/_journal.json');
    expect(rows).toEqual([{ applied: journal.default.entries.length }]);
  });

  it('are the schema, nothing else', async () => {
    const { rows } = await database().execute(
      sql`select table_name, string_agg(column_name, ',' order by ordinal_position) as key
          from information_schema.key_column_usage where table_name = 'issued_certificates' group by table_name`,
    );
    expect(rows).toEqual([{ table_name: 'issued_certificates', key: 'environment,certificate_id' }]);
  });
});

describe('the first security admin', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  const who = { name: 'Ada', email: 'Ada@Example.com', password: 'correct horse battery' };

  it('is set up by the last link printed, once', async () => {
    const replaced = await replaceSetupLink(database());
    const token = await replaceSetupLink(database());
    expect(await completeSetup({ ...who, token: replaced }, now)).toMatchObject({ ok: false });
    expect(await admitLink({ token, purpose: 'set-password', now })).toBeDefined();
    expect(await admitLink({ token, purpose: 'setup', now })).toBeUndefined();
    const both = await Promise.all([
      completeSetup({ ...who, token }, now),
      completeSetup({ ...who, email: 'eve@example.com', token }, now),
    ]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await database().$count(operators)).toBe(1);
  });

  it('has a password that is kept only as a hash, and a token that is kept only as a hash', async () => {
    const [account] = await database().select().from(accounts);
    expect(account?.password).not.toContain(who.password);
    expect(account?.password?.length).toBeGreaterThan(100);
  });

  it('cannot be locked out, by role or by disabling, while alone', async () => {
    const [admin] = await listOperators();
    const id = admin?.id ?? '';
    expect(await disableOperator(id, now)).toMatchObject({ failure: { reason: 'last-security-admin' } });
    expect(await changeRole(id, 'support')).toMatchObject({ failure: { reason: 'last-security-admin' } });
  });

  it('is not relieved by an invited admin who never set a password', async () => {
    const [first] = await listOperators();
    const invited = await createOperator(
      { name: 'Ben', email: 'ben@example.com', role: 'security-admin' },
      now,
    );
    if (!invited.ok) throw new Error('not invited');
    expect(await disableOperator(first?.id ?? '', now)).toMatchObject({ ok: false });

    const { token, id } = invited.value;
    expect(
      await setPassword({ token, password: 'a password of his own' }, later(now, 25 * 3_600_000)),
    ).toMatchObject({
      ok: false,
    });
    const fresh = await resetPassword(id, now);
    if (!fresh.ok) throw new Error('no link');
    expect(await setPassword({ token, password: 'a password of his own' }, now)).toMatchObject({ ok: false });
    expect(
      await setPassword({ token: fresh.value.token, password: 'a password of his own' }, now),
    ).toMatchObject({
      ok: true,
    });
    expect(await disableOperator(first?.id ?? '', now)).toMatchObject({ ok: true });
    expect(await disableOperator(id, now)).toMatchObject({ ok: false });
    expect(await enableOperator(first?.id ?? '')).toMatchObject({ ok: true });
  });

  it('cannot be disabled by another who is disabled in the same moment', async () => {
    const admins = (await listOperators()).filter(({ role }) => role === 'security-admin');
    const results = await Promise.all(admins.map(({ id }) => disableOperator(id, now)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(admins.length - 1);
    await Promise.all(admins.map(({ id }) => enableOperator(id)));
  });

  it('is told when an email is taken, whatever its case', async () => {
    const taken = await createOperator({ name: 'Ben II', email: 'BEN@example.com', role: 'engineer' }, now);
    expect(taken).toMatchObject({ failure: { fields: { email: [{ code: 'email-taken' }] } } });
  });
});

describe('sign-in attempts', () => {
  const now = new Date('2026-11-22T12:00:00Z');

  it('of one account from one address stop after five, also when made at once, until the minute is over', async () => {
    const attempt = { email: 'x@example.com', clientAddress: undefined, now };
    const waits = await Promise.all(Array.from({ length: 9 }, () => countSignInAttempt(attempt)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
    expect(Math.max(...waits)).toBe(60_000);
    expect(await countSignInAttempt({ ...attempt, now: later(now, 59_000) })).toBe(1000);
    expect(await countSignInAttempt({ ...attempt, now: later(now, 60_000) })).toBe(0);
  });

  it('of one account from elsewhere go on, so that a stranger locks nobody out', async () => {
    const attempt = { email: 'z@example.com', clientAddress: '192.0.2.66', now };
    for (let count = 0; count < 5; count += 1) await countSignInAttempt(attempt);
    expect(await countSignInAttempt(attempt)).toBeGreaterThan(0);
    expect(await countSignInAttempt({ ...attempt, clientAddress: '192.0.2.67' })).toBe(0);
  });

  it('of one account from everywhere stop after a thousand in an hour', async () => {
    const attempt = (clientAddress: string) =>
      countSignInAttempt({ email: 'w@example.com', clientAddress, now });
    await attempt('203.0.113.1');
    await database().update(signInAttempts).set({ attempts: 999 });
    expect(await attempt('203.0.113.2')).toBe(0);
    expect(await attempt('203.0.113.3')).toBe(3_600_000);
  });

  it('begin anew after a success', async () => {
    const attempt = { email: 'y@example.com', clientAddress: undefined, now };
    for (let count = 0; count < 5; count += 1) await countSignInAttempt(attempt);
    await forgetSignInAttempts('Y@example.com');
    expect(await countSignInAttempt(attempt)).toBe(0);
  });

  it.each([
    { addresses: ['192.0.2.1'], why: 'one address' },
    { addresses: ['2001:db8::1', '2001:db8:0:0:ffff::2'], why: 'one customer, whose network is a /64' },
  ])('of many accounts from $why stop after twenty', async ({ addresses }) => {
    const attempt = (count: number) =>
      countSignInAttempt({
        email: `${addresses[0]}-${count}@example.com`,
        clientAddress: addresses[count % addresses.length],
        now,
      });
    for (let count = 0; count < 20; count += 1) expect(await attempt(count)).toBe(0);
    expect(await attempt(20)).toBeGreaterThan(0);
  });
});

describe('the audit log', () => {
  const at = new Date('2026-11-22T13:00:00Z');
  const intent = {
    actor: { id: 'o1', name: 'Ada', role: 'engineer' },
    clientAddress: '192.0.2.9',
    environment: 'lab',
    action: 'ca.register',
    resource: 'ca-1',
    at,
  };

  it('shows an act without outcome as unfinished, and with one as what came of it', async () => {
    const act = await recordIntent(intent);
    const first = await listActs({ action: 'ca.register' }, { before: undefined, pageSize: 10 });
    expect(first.acts[0]).toMatchObject({ outcome: 'unfinished', resource: 'ca-1' });
    await recordOutcome(act, {
      failure: { kind: 'aws', detail: 'ThrottlingException' },
      before: undefined,
      after: { status: 'ACTIVE' },
      requestId: 'r-1',
      at,
    });
    const { acts } = await listActs({ action: 'ca.register' }, { before: undefined, pageSize: 10 });
    expect(acts).toHaveLength(1);
    expect(acts[0]).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'aws', detail: 'ThrottlingException' },
      after: { status: 'ACTIVE' },
      requestId: 'r-1',
    });
  });

  it('pages newest first without repeating or missing an act, each filter alone', async () => {
    for (let count = 0; count < 7; count += 1) {
      await recordIntent({
        ...intent,
        action: 'thing.delete',
        resource: `t${count}`,
        environment: undefined,
      });
    }
    const seen: (string | undefined)[] = [];
    let before: number | undefined;
    do {
      const page = await listActs({ action: 'thing.delete' }, { before, pageSize: 3 });
      seen.push(...page.acts.map(({ resource }) => resource));
      before = page.next;
    } while (before !== undefined);
    expect(seen).toEqual(['t6', 't5', 't4', 't3', 't2', 't1', 't0']);
    const all = { before: undefined, pageSize: 100 };
    expect((await listActs({ environment: null }, all)).acts).toHaveLength(7);
    expect((await listActs({ environment: 'lab' }, all)).acts).toHaveLength(1);
    expect((await listActs({ actorId: 'nobody' }, all)).acts).toHaveLength(0);
  });
});

describe('the ledger', () => {
  const now = new Date('2026-11-22T14:00:00Z');
  const id = (digit: string) => digit.repeat(64);
  const reservation = (digit: string) => ({
    environment: 'lab',
    certificateId: id(digit),
    caId: 'ca-1',
    serial: `0${digit}`,
    subject: { C: ['IN'], CN: [`Thing_${digit}%`] },
    commonName: `Thing_${digit}%`,
    notBefore: now,
    notAfter: later(now, 1000),
    operatorId: 'o1',
    operatorName: 'Ada',
  });

  it('answers the same reservation with the same row', async () => {
    const first = await reserve(reservation('a'), now);
    expect(first).toMatchObject({ ok: true, value: { delivery: 'reserved', reservedAt: now } });
    expect(await reserve(reservation('a'), later(now, 5000))).toEqual(first);
  });

  it.each([
    { change: { operatorId: 'o2' }, why: 'another operator' },
    { change: { caId: 'ca-2' }, why: 'another CA' },
  ])('refuses an id that $why holds', async ({ change }) => {
    const refused = await reserve({ ...reservation('a'), ...change }, now);
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  });

  it('keeps environments apart', async () => {
    const other = await reserve({ ...reservation('a'), environment: 'other', operatorId: 'o2' }, now);
    expect(other.ok).toBe(true);
    expect((await find('lab', id('a'), now))?.operatorId).toBe('o1');
    expect(await find('third', id('a'), now)).toBeUndefined();
  });

  it('shows the bundle of a single device that nobody confirmed as not confirmed, after ten minutes', async () => {
    const at = async (ms: number) => (await find('lab', id('a'), later(now, ms)))?.delivery;
    expect(await at(RESERVATION_TIMEOUT_MS)).toBe('reserved');
    expect(await at(RESERVATION_TIMEOUT_MS + 1)).toBe('not-confirmed');
    expect(await confirmDelivery('lab', id('a'), later(now, 1))).toMatchObject({ ok: true });
    expect(await confirmDelivery('lab', id('a'), later(now, 2))).toMatchObject({ ok: true });
    expect(await find('lab', id('a'), later(now, RESERVATION_TIMEOUT_MS + 1))).toMatchObject({
      delivery: 'delivered',
      deliveredAt: later(now, 1),
    });
    expect(await confirmDelivery('lab', id('f'), now)).toMatchObject({ failure: { kind: 'not-found' } });
  });

  it('keeps the newest sighting', async () => {
    await recordSeen('lab', id('a'), 'ACTIVE', later(now, 100));
    await recordSeen('lab', id('a'), 'PENDING_ACTIVATION', later(now, 50));
    expect(await find('lab', id('a'), now)).toMatchObject({
      lastSeenState: 'ACTIVE',
      lastSeenAt: later(now, 100),
    });
    expect(await counts('lab')).toEqual({
      issued: 1,
      delivered: 1,
      reserved: 0,
      notConfirmed: 0,
      neverSeen: 0,
      active: 1,
    });
  });
});

describe('a password link', () => {
  it('belongs to its operator and goes with him', async () => {
    const now = new Date();
    const made = await createOperator({ name: 'Cy', email: 'cy@example.com', role: 'support' }, now);
    if (!made.ok) throw new Error('not made');
    await database().delete(operators).where(eq(operators.id, made.value.id));
    expect(await admitLink({ token: made.value.token, purpose: 'set-password', now })).toBeDefined();
  });
});
