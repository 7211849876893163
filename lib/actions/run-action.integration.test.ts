import { notFound, redirect } from 'next/navigation';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { listActs } from '@/lib/audit/list-acts';
import { can, type Operator, type Role } from '@/lib/auth/permissions';
import { environmentId } from '@/lib/config/environment-list';
import { database } from '@/lib/db/database';
import { auditEvents } from '@/lib/db/schema/audit';
import { fail, ok } from '@/lib/result';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { type ActionRequest, runAction, runEachAction } from './run-action';

// The real table, which a test may narrow: no role has a scope yet.
vi.mock(import('@/lib/auth/permissions'), async (original) => {
  const actual = await original();
  return { ...actual, can: vi.fn(actual.can) };
});

const SECRET = 'correct horse battery staple';
const input = z.strictObject({ environment: environmentId, caId: z.string().min(1) });
const good = { environment: 'lab', caId: SECRET };

let running: AsyncDisposable;
let logged = '';
beforeAll(async () => {
  const lab = { id: 'lab', name: 'Lab', kind: 'aws', accountId: '123456789012', region: 'eu-central-1' };
  Reflect.set(process.env, 'ENVIRONMENTS', JSON.stringify([lab]));
  running = await startEmbeddedDatabase();
});
afterAll(async () => {
  await running[Symbol.asyncDispose]();
});
beforeEach(async () => {
  logged = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    logged += String(text);
    return true;
  });
  await database().delete(auditEvents);
});

const operator = (role: Role): Operator => ({ id: 'o1', name: 'Ada', email: 'ada@example.com', role });
const request = (asker: Operator | undefined, isSameOrigin = true): ActionRequest => ({
  operator: async () => asker,
  isSameOrigin,
  clientAddress: '192.0.2.1',
});
const admin = request(operator('security-admin'));
const acts = async () => (await listActs({}, { before: undefined, pageSize: 10 })).acts;

const spec = (run: () => Promise<ReturnType<typeof ok<string>> | ReturnType<typeof fail>>) => ({
  name: 'ca.update',
  permission: 'ca:update' as const,
  input,
  resource: () => 'ca-1',
  // Only this spec's own action is run here: it takes nothing and answers what a test says.
  run: run as never,
});

describe('an action', () => {
  it.each([
    { who: request(undefined), failure: { kind: 'signed-out' }, why: 'nobody' },
    { who: request(operator('engineer')), failure: { kind: 'forbidden' }, why: 'another role' },
    {
      who: request(operator('security-admin'), false),
      failure: { kind: 'forbidden' },
      why: "another site's page",
    },
  ])('is refused to $why before its input is looked at, and does nothing', async ({ who, failure }) => {
    const run = vi.fn();
    expect(await runAction(spec(run), 'not even an object', who)).toMatchObject({ ok: false, failure });
    expect(run).not.toHaveBeenCalled();
    expect(await acts()).toEqual([]);
  });

  it.each([
    {
      given: { environment: 'lab' },
      failure: { kind: 'invalid-input', fields: { caId: [{ code: 'required' }] } },
    },
    {
      given: { ...good, environment: 'mars' },
      failure: { kind: 'not-found', resource: 'environment', id: 'mars' },
    },
  ])('is not done with a bad input: $failure.kind', async ({ given, failure }) => {
    const run = vi.fn();
    expect(await runAction(spec(run), given, admin)).toEqual({ ok: false, failure });
    expect(run).not.toHaveBeenCalled();
  });

  it('asks for the permission first of all, then of the place that its input names', async () => {
    const run = vi.fn();
    vi.mocked(can).mockClear();
    vi.mocked(can).mockImplementation((_operator, _permission, scope) => scope?.environment !== 'lab');
    const refused = await runAction(spec(run), good, admin);
    const scopes = vi.mocked(can).mock.calls.map(([, , scope]) => scope);
    vi.mocked(can).mockReset();
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'forbidden', permission: 'ca:update' } });
    expect(scopes).toEqual([undefined, { environment: 'lab', caId: SECRET }]);
    expect(run).not.toHaveBeenCalled();
  });

  it('is in the audit log before it is done', async () => {
    const during = await runAction(
      spec(async () => ok(JSON.stringify(await acts()))),
      good,
      admin,
    );
    const seen: unknown = JSON.parse(during.ok ? String(during.value) : '[]');
    expect(seen).toMatchObject([
      { outcome: 'unfinished', action: 'ca.update', environment: 'lab', resource: 'ca-1' },
    ]);
    expect(await acts()).toMatchObject([{ outcome: 'ok', actor: { id: 'o1', role: 'security-admin' } }]);
  });

  it('leaves what failed in the audit log, with the request id of AWS', async () => {
    const failure = {
      kind: 'aws',
      service: 'iot',
      operation: 'UpdateCACertificate',
      name: 'ThrottlingException',
      message: 'Rate exceeded',
      status: 429,
      requestId: 'r-9',
    };
    expect(
      await runAction(
        spec(async () => fail(failure)),
        good,
        admin,
      ),
    ).toEqual({ ok: false, failure });
    expect(await acts()).toMatchObject([
      { outcome: 'failed', failure: { kind: 'aws', detail: 'ThrottlingException' }, requestId: 'r-9' },
    ]);
  });

  it('that crashes answers with a reference that the log knows, and the log has nothing of the input', async () => {
    const answer = await runAction(
      spec(() => Promise.reject(new Error(`cannot read ${SECRET}`))),
      good,
      admin,
    );
    const failure = answer.ok ? undefined : answer.failure;
    expect(failure).toMatchObject({ kind: 'unexpected' });
    expect(logged).toContain(failure?.kind === 'unexpected' ? failure.reference : 'no reference');
    expect(logged).toContain('cannot read [input]');
    expect(logged).not.toContain(SECRET);
    expect(await acts()).toMatchObject([{ outcome: 'failed', failure: { kind: 'unexpected' } }]);
  });

  it.each([
    { leave: () => redirect('/'), why: 'redirect()' },
    { leave: () => notFound(), why: 'notFound()' },
  ])('may leave by $why, which is not swallowed', async ({ leave }) => {
    await expect(
      runAction(
        spec(async () => leave()),
        good,
        admin,
      ),
    ).rejects.toThrow(/NEXT_/);
    expect(await acts()).toMatchObject([{ outcome: 'ok' }]);
  });

  it('can turn a flood away before the audit log', async () => {
    const turnedAway = { ...spec(vi.fn()), admit: async () => ({ kind: 'busy', retryAfterMs: 1 }) as const };
    expect(await runAction(turnedAway, good, admin)).toMatchObject({ failure: { kind: 'busy' } });
    expect(await acts()).toEqual([]);
  });
});

describe('an action on several resources', () => {
  const each = (
    runEach: (resource: string) => Promise<{ detail: string; result: ReturnType<typeof ok> }>,
  ) => ({
    name: 'certificate.delete',
    permission: 'certificate:delete' as const,
    input: z.strictObject({ environment: environmentId, resources: z.array(z.string()) }),
    resources: ({ resources }: { resources: string[] }) => resources,
    concurrencyMax: 2,
    // Takes the resource alone, and answers what a test says.
    runEach: runEach as never,
  });
  const two = { environment: 'lab', resources: ['c-1', 'c-2'] };

  it('leaves an act with its own outcome for each, whatever becomes of the others', async () => {
    const answer = await runEachAction(
      each(async (resource) => {
        if (resource === 'c-1') throw new Error('a bug');
        return { detail: `did ${resource}`, result: ok(undefined) };
      }),
      two,
      admin,
    );
    expect(answer).toMatchObject({
      ok: true,
      value: [
        { resource: 'c-1', detail: undefined, failure: { kind: 'unexpected' } },
        { resource: 'c-2', detail: 'did c-2', failure: undefined },
      ],
    });
    const audited = (await acts()).map(({ action, resource, outcome }) => `${action} ${resource} ${outcome}`);
    expect(new Set(audited)).toEqual(new Set(['certificate.delete c-1 failed', 'certificate.delete c-2 ok']));
  });

  it('tells what was done before it failed', async () => {
    // A failure, where the others of `each` succeed.
    const failing = each((async () => ({
      detail: 'half of it',
      result: fail({ kind: 'busy', retryAfterMs: 1 }),
    })) as never);
    expect(await runEachAction(failing, { ...two, resources: ['c-1'] }, admin)).toMatchObject({
      value: [{ detail: 'half of it', failure: { kind: 'busy' } }],
    });
  });

  it('is refused as a whole to who may not', async () => {
    const runEach = vi.fn();
    expect(await runEachAction(each(runEach), two, request(operator('engineer')))).toMatchObject({
      failure: { kind: 'forbidden', permission: 'certificate:delete' },
    });
    expect(runEach).not.toHaveBeenCalled();
    expect(await acts()).toEqual([]);
  });
});
