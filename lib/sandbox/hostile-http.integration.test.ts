import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApiServer } from './http/api-server';
import { type Sandbox, startSandbox } from './start-sandbox';
import { exchange, type RawRequest, send, statusOf } from './testing/raw-http';

let sandbox: Sandbox;
const unexpected: unknown[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ onUnexpected: (error) => unexpected.push(error) });
});
afterAll(() => sandbox.close());

const local = () => `host: localhost:${sandbox.apiPort}`;
const signed = (service: string, region = 'us-east-1') =>
  `authorization: AWS4-HMAC-SHA256 Credential=AKIA/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

const rest = (target: string, method: string, body: string | Uint8Array = ''): RawRequest => ({
  target,
  method,
  body,
  headers: [local(), signed('iot'), `content-length: ${Buffer.byteLength(body)}`],
});
const form = (body: string, service = 'iam'): RawRequest => ({
  method: 'POST',
  body,
  headers: [
    local(),
    signed(service),
    'content-type: application/x-www-form-urlencoded',
    `content-length: ${Buffer.byteLength(body)}`,
  ],
});

const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"iot.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

describe('malformed requests get a 4xx', () => {
  it.each<[why: string, request: () => RawRequest]>([
    ['an unknown path', () => rest('/nowhere', 'GET')],
    ['a known path with another method', () => rest('/things/a', 'PROPFIND')],
    ['a percent sign without digits', () => rest('/things/%zz', 'GET')],
    ['a percent sign at the end', () => rest('/things/%', 'GET')],
    ['bytes that are no UTF-8', () => rest('/things/%ff%fe', 'GET')],
    ['an empty label', () => rest('/things//principals', 'GET')],
    ['a zero byte in a name', () => rest('/things/a%00b', 'GET')],
    ['dots in the path', () => rest('/things/../../etc/passwd', 'GET')],
    ['a path of slashes', () => rest('/'.repeat(8000), 'GET')],
    ['a target that is a URL', () => rest('http://example.com/things', 'GET')],
    ['a target that is a star', () => rest('*', 'OPTIONS')],
    ['a body that is no JSON', () => rest('/things/a', 'POST', '{"a":')],
    ['a body that is an array', () => rest('/things/a', 'POST', '[]')],
    ['a body that is null', () => rest('/things/a', 'POST', 'null')],
    ['a body that is no UTF-8', () => rest('/things/a', 'POST', Uint8Array.from([0x22, 0xff, 0x22]))],
    ['a body nested 100000 deep', () => rest('/policies/p', 'POST', '{"a":'.repeat(100_000))],
    ['a member of another type', () => rest('/policies/p', 'POST', '{"policyDocument":{"a":1}}')],
    ['a structure that is a string', () => rest('/things/a', 'POST', '{"attributePayload":"x"}')],
    ['a map that is a list', () => rest('/things/a', 'POST', '{"attributePayload":{"attributes":[1]}}')],
    [
      'a number where text belongs',
      () => rest('/things/a', 'POST', '{"attributePayload":{"attributes":{"a":1}}}'),
    ],
    ['no required member', () => rest('/policies/p', 'POST', '{}')],
    ['a size that is no number', () => rest('/things?maxResults=ten', 'GET')],
    ['a size beyond all integers', () => rest(`/things?maxResults=${'9'.repeat(400)}`, 'GET')],
    ['a boolean that is neither', () => rest('/cacertificates?isAscendingOrder=maybe', 'GET')],
    ['a page token of our own making', () => rest('/policies?marker=eyJhIjoxfQ==', 'GET')],
    ['a certificate id of the wrong length', () => rest('/certificates/abc', 'GET')],
    [
      'a certificate that is none',
      () => rest('/certificate/register-no-ca', 'POST', '{"certificatePem":"x"}'),
    ],
    ['an ARN of nothing', () => rest('/target-policies/p', 'PUT', '{"target":"arn"}')],
    [
      'an Authorization that is no signature',
      () => ({ target: '/things', headers: [local(), 'authorization: Basic eDp5'] }),
    ],
    ['a Region that is a path', () => ({ target: '/things', headers: [local(), signed('iot', '../x')] })],
    [
      'a compressed body',
      () => ({
        method: 'POST',
        target: '/things/a',
        headers: [local(), 'content-encoding: gzip', 'content-length: 0'],
      }),
    ],
    ['a parameter given twice', () => rest('/things?maxResults=1&maxResults=2', 'GET')],
    ['ten thousand parameters', () => rest(`/things?${'a&'.repeat(5000)}maxResults=x`, 'GET')],
    ['TRACE', () => rest('/things', 'TRACE')],
    ['CONNECT', () => rest('localhost:80', 'CONNECT')],
    ['a path with a zero byte, encoded twice', () => rest('/things/%2500', 'GET')],
    ['arrays nested 200000 deep', () => rest('/policies/p', 'POST', '['.repeat(200_000))],
    [
      'arrays nested 100000 deep where text belongs',
      () => rest('/policies/p', 'POST', `{"policyDocument":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
    ],
    ['an expectation that is none', () => ({ headers: [local(), 'expect: everything'] })],
    ['two Host headers', () => ({ headers: [local(), 'host: evil.example'] })],
    ['no Host header', () => ({ headers: ['x-nothing: 1'] })],
    ['a form without an action', () => form('Version=2010-05-08')],
    ['a form with an action that is markup', () => form('Action=%3Cx%3E')],
    ['a form with an action of Object', () => form('Action=constructor')],
    ['a form without what is required', () => form('Action=CreateRole&Version=2010-05-08')],
    ['a form with bad percent signs', () => form('Action=GetRole&RoleName=%zz%')],
    [
      'a form that is XML',
      () => form('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    ],
    [
      'a change by GET, as an image in a web page is one',
      () => ({
        target: `/?Action=CreateRole&Version=2010-05-08&RoleName=x&AssumeRolePolicyDocument=${encodeURIComponent(TRUST)}`,
        headers: [local()],
      }),
    ],
    ['a MaxItems that is negative', () => form('Action=ListRoles&MaxItems=-1')],
    ['an unknown route of the sandbox itself', () => ({ target: '/_sandbox/secrets' })],
    ['a GET of the reset', () => ({ target: '/_sandbox/reset' })],
    ['events after nothing', () => ({ target: '/_sandbox/events?after=x' })],
  ])('%s', async (_why, request) => {
    const status = statusOf(await send(sandbox.apiPort, request()));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it('headers of 64 KB', async () => {
    const answer = await send(sandbox.apiPort, { headers: [local(), `x-long: ${'x'.repeat(65_536)}`] });
    expect(statusOf(answer)).toBe(431);
  });

  it('a body of 5 MB, in one piece and in chunks', async () => {
    const body = 'x'.repeat(5_000_000);
    expect(statusOf(await send(sandbox.apiPort, rest('/things/a', 'POST', body)))).toBe(413);
    const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const headers = [local(), signed('iot'), 'transfer-encoding: chunked'];
    const answer = await send(sandbox.apiPort, {
      target: '/things/a',
      method: 'POST',
      headers,
      body: chunked,
    });
    expect(statusOf(answer)).toBe(413);
  });

  it('a body longer than its length, and bytes that are no HTTP', async () => {
    const headers = [local(), signed('iot'), 'content-length: 2'];
    const answer = await send(sandbox.apiPort, {
      target: '/things/l',
      method: 'POST',
      headers,
      body: '{}garbage',
    });
    // Node refuses it when it comes in one piece, and answers before it has seen it when it does not.
    expect([200, 400]).toContain(statusOf(answer));
    expect(statusOf(await exchange(sandbox.apiPort, '\x16\x03\x01\x02\x00\x01\r\n\r\n'))).toBe(400);
    const both = [local(), 'content-length: 2', 'transfer-encoding: chunked'];
    expect(statusOf(await send(sandbox.apiPort, { method: 'POST', headers: both, body: '{}' }))).toBe(400);
  });

  it('keys that reach for the prototype change nothing', async () => {
    const body =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"attributePayload":{"__proto__":{"merge":true}}}';
    expect(statusOf(await send(sandbox.apiPort, rest('/things/__proto__', 'POST', body)))).toBe(200);
    expect('polluted' in {}).toBe(false);
    expect(statusOf(await send(sandbox.apiPort, rest('/things/constructor', 'GET')))).toBe(404);
    expect(statusOf(await send(sandbox.apiPort, rest('/policies/toString', 'GET')))).toBe(404);
  });
});

describe('unusual, and served', () => {
  it('HTTP/1.0, and several requests in one piece, in their order', async () => {
    const old = await exchange(sandbox.apiPort, `GET /_sandbox/health HTTP/1.0\r\n${local()}\r\n\r\n`);
    expect(statusOf(old)).toBe(200);
    const one = (target: string, last = '') =>
      `GET ${target} HTTP/1.1\r\n${local()}\r\n${signed('iot')}\r\n${last}\r\n`;
    const piped = await exchange(
      sandbox.apiPort,
      one('/things/nobody') + one('/things') + one('/nowhere', 'connection: close\r\n'),
    );
    expect([...piped.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
      '404',
      '200',
      '404',
    ]);
  });
});

it('many Regions that are only looked at cost no more than a few', async () => {
  for (let index = 0; index < 150; index += 1) {
    const region = `zz-${'abcdefghijklmno'[Math.floor(index / 10)]}${'abcdefghij'[index % 10]}-1`;
    const headers = [local(), signed('iot', region)];
    expect(statusOf(await send(sandbox.apiPort, { target: '/things', headers }))).toBe(200);
  }
  expect([...sandbox.state.regions()].length).toBeLessThanOrEqual(100);
});

describe('slow clients', () => {
  it('keep nobody waiting', async () => {
    const slow = Array.from({ length: 200 }, (_, index) => {
      const socket = connect(sandbox.apiPort, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        index % 2 === 0
          ? `GET /things HTTP/1.1\r\n${local()}\r\nx-slow: `
          : `POST /things/slow HTTP/1.1\r\n${local()}\r\n${signed('iot')}\r\ncontent-length: 100\r\n\r\n{`,
      );
      return socket;
    });
    expect(statusOf(await send(sandbox.apiPort, { target: '/_sandbox/health' }))).toBe(200);
    for (const socket of slow) socket.destroy();
    expect(sandbox.state.region('us-east-1').things.has('slow')).toBe(false);
  });

  it('are cut off with 408 when their time is up', async () => {
    const api = await startApiServer({
      state: sandbox.state,
      caPem: '',
      now: () => new Date(),
      port: 0,
      hosts: ['127.0.0.1'],
      webSockets: { upgrade: (_request, socket) => socket.destroy() },
      onUnexpected: (error) => unexpected.push(error),
      headersTimeoutMs: 200,
      requestTimeoutMs: 400,
    });
    const head = `POST /things/slow HTTP/1.1\r\n${local()}\r\n`;
    expect(statusOf(await exchange(api.port, head))).toBe(408);
    expect(statusOf(await exchange(api.port, `${head}${signed('iot')}\r\ncontent-length: 9\r\n\r\n{`))).toBe(
      408,
    );
    await api.close();
  });
});

describe('what does not come from a program on this machine gets 403', () => {
  it.each<[why: string, headers: () => string[]]>([
    ['another host', () => ['host: evil.example']],
    ['a host that only begins like ours', () => ['host: localhost.evil.example']],
    ['an address of the network', () => ['host: 192.168.0.1:4567']],
    ['an Origin', () => [local(), 'origin: http://localhost:3000']],
    ['a null Origin', () => [local(), 'origin: null']],
    ['Sec-Fetch-Site', () => [local(), 'sec-fetch-site: same-origin']],
    ['Sec-Fetch-Mode', () => [local(), 'sec-fetch-mode: no-cors']],
    [
      'Sec-Fetch-Mode with the agent of a program',
      () => [local(), 'user-agent: node', 'sec-fetch-mode: cors', 'sec-fetch-site: none'],
    ],
    [
      'a WebSocket',
      () => [local(), 'upgrade: websocket', 'sec-websocket-version: 13', 'sec-websocket-key: eA=='],
    ],
  ])('%s', async (_why, headers) => {
    for (const target of ['/things', '/_sandbox/health']) {
      expect(statusOf(await send(sandbox.apiPort, { target, headers: headers() }))).toBe(403);
    }
  });

  it('while programs are let in by every name of this machine', async () => {
    for (const host of ['localhost', 'LOCALHOST:1', '127.0.0.1', '[::1]:4567']) {
      const answer = await send(sandbox.apiPort, { target: '/_sandbox/health', headers: [`host: ${host}`] });
      expect(statusOf(answer)).toBe(200);
    }
    expect((await fetch(`${sandbox.api}/_sandbox/health`)).status).toBe(200);
  });
});

it('has met no bug on the way, and still answers', async () => {
  expect(unexpected).toEqual([]);
  const health = await send(sandbox.apiPort, { target: '/_sandbox/health' });
  expect(health).toContain('{"status":"ok"}');
});
