import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { expectOk } from '@/lib/testing/expect-ok';
import { type SandboxControl, sandboxControlOf } from './sandbox-control';

const FIRST = { certificateId: 'a'.repeat(64), clientId: 'press-1' };
const SECOND = { certificateId: 'b'.repeat(64), caCertificateId: 'c'.repeat(64), clientId: 'lathe-2' };

let sandbox: Sandbox;
let control: SandboxControl;
beforeAll(async () => {
  sandbox = await startSandbox();
  control = controlAt(sandbox.api);
});
afterAll(() => sandbox.close());

function controlAt(url: string): SandboxControl {
  const lab = sandboxEnvironment({ api: url, mqtt: { host: 'localhost', port: 8883 }, caFile: '' });
  const made = sandboxControlOf({ ...lab, sandboxControl: { url } });
  if (made === undefined) throw new Error('an environment with a control API has one');
  return made;
}

function explain(code: string, labels: object) {
  sandbox.state.explanations.explain({ code, message: `Because of ${code}.`, ...labels }, new Date());
}

describe('the events of a sandbox', () => {
  beforeAll(() => {
    explain('ca-not-active', FIRST);
    explain('provisioned', SECOND);
  });

  it.each([
    { filter: {}, found: ['ca-not-active', 'provisioned'], why: 'no filter' },
    { filter: { code: 'provisioned' }, found: ['provisioned'], why: 'the kind' },
    { filter: { find: 'PRESS' }, found: ['ca-not-active'], why: 'part of a client id, in any case' },
    { filter: { find: 'bbbb' }, found: ['provisioned'], why: 'the beginning of a certificate id' },
    { filter: { find: 'c'.repeat(64) }, found: ['provisioned'], why: 'a CA' },
    {
      filter: { find: `arn:aws:iot:us-east-1:123456789012:cert/${FIRST.certificateId}` },
      found: ['ca-not-active'],
      why: 'an ARN',
    },
    { filter: { find: 'because of prov' }, found: ['provisioned'], why: 'words of the reason' },
    { filter: { find: 'press', code: 'provisioned' }, found: [], why: 'both have to fit' },
  ])('are found by $why', async ({ filter, found }) => {
    const { events } = expectOk(await control.live(undefined, filter));
    expect(events.map(({ code }) => code)).toEqual(found);
  });

  it('go on behind what was read, also where the filter kept it back', async () => {
    const filter = { code: 'connect-denied' };
    const first = expectOk(await control.live(undefined, filter));
    expect(first).toMatchObject({ events: [], isContinuation: false, cursor: { sequence: 2 } });
    explain('provisioned', FIRST);
    explain('connect-denied', FIRST);
    const second = expectOk(await control.live(first.cursor, filter));
    expect(second).toMatchObject({
      events: [{ sequence: 4 }],
      isContinuation: true,
      cursor: { sequence: 4 },
    });
    expect(expectOk(await control.live(second.cursor, filter))).toMatchObject({
      events: [],
      isContinuation: true,
      cursor: { sequence: 4 },
    });
  });

  it.each([
    {
      cursor: { sequence: 4, at: '2026-01-01T00:00:00.000Z' },
      why: 'that has come as far under the same numbers',
    },
    { cursor: { sequence: 400, at: '2026-01-01T00:00:00.000Z' }, why: 'that has not come as far' },
  ])('are all read again from a sandbox that was started anew, $why', async ({ cursor }) => {
    const { events, isContinuation } = expectOk(await control.live(cursor, {}));
    expect(isContinuation).toBe(false);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });
});

describe('the faults of a sandbox', () => {
  it('are switched on, listed and removed', async () => {
    const order = { operation: 'DescribeThing', fault: 'latency', latencyMs: 5, count: 3 } as const;
    const made = expectOk(await control.switchFaultOn(order));
    expect(made).toMatchObject({ ...order, fired: 0 });
    expectOk(await control.switchFaultOn({ operation: '*', fault: 'throttling', probability: 0 }));
    expect(expectOk(await control.faults())).toMatchObject([order, { operation: '*' }]);

    expect(await control.removeFault(made.id)).toEqual({ ok: true, value: null });
    expect(await control.removeFault(made.id)).toEqual({
      ok: false,
      failure: { kind: 'not-found', resource: 'sandbox-fault', id: made.id },
    });
    expect(await control.removeFaults()).toEqual({ ok: true, value: null });
    expect(expectOk(await control.faults())).toEqual([]);
  });

  it('are refused in the words of the sandbox', async () => {
    const refused = await control.switchFaultOn({ operation: 'DescribeDragon', fault: 'server-error' });
    expect(refused).toMatchObject({
      failure: { kind: 'sandbox', reason: 'refused', message: expect.stringContaining('operation') },
    });
  });
});

describe('a sandbox that was reset', () => {
  it('has no events, no faults and nobody connected', async () => {
    const before = expectOk(await control.live(undefined, {}));
    expectOk(await control.switchFaultOn({ operation: '*', fault: 'throttling', probability: 0 }));
    expect(await control.reset()).toEqual({ ok: true, value: null });
    expect(expectOk(await control.live(before.cursor, {}))).toEqual({
      events: [],
      cursor: undefined,
      isContinuation: false,
      faults: [],
    });
    expect(expectOk(await control.clients(undefined, 10))).toEqual({
      clients: [],
      count: 0,
      countConnected: 0,
    });
  });
});

describe('something else behind the address', () => {
  const endless = Buffer.alloc(1024 * 1024, ' ');
  const answering = (status: number, body: string, headers = {}): RequestListener => {
    return (_request, response) => response.writeHead(status, headers).end(body);
  };
  it.each([
    { listener: answering(200, '<html>'), reason: 'unreadable', why: 'a web page' },
    { listener: answering(200, '{"faults":[{"id":7}]}'), reason: 'unreadable', why: 'another shape' },
    { listener: answering(500, 'oops'), reason: 'unreadable', why: 'a failure without a sentence' },
    { listener: answering(403, '{"message":"No."}'), reason: 'refused', why: 'a refusal' },
    {
      listener: answering(302, '', { location: '/elsewhere' }),
      reason: 'unreadable',
      why: 'a way elsewhere',
    },
    {
      listener: (request, response) => {
        const timer = setInterval(() => response.write(endless), 1);
        request.socket.on('close', () => clearInterval(timer));
      },
      reason: 'unreadable',
      why: 'an answer without an end',
    },
    { listener: (request) => request.socket.destroy(), reason: 'unreachable', why: 'a closed connection' },
  ] satisfies { listener: RequestListener; reason: string; why: string }[])(
    'is told as $reason: $why',
    async ({ listener, reason }) => {
      await using server = createServer(listener).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const read = await controlAt(`http://127.0.0.1:${port}`).faults();
      server.closeAllConnections();
      expect(read).toMatchObject({ ok: false, failure: { kind: 'sandbox', reason } });
    },
  );
});

it('is not there for an environment that is configured without one', () => {
  const { sandboxControl: _, ...lab } = sandboxEnvironment({
    api: sandbox.api,
    mqtt: sandbox.mqtt,
    caFile: sandbox.caFile,
  });
  expect(sandboxControlOf(lab)).toBeUndefined();
});
