import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';

/** How long an incomplete request is waited for: whoever sends one gets no answer yet. */
const PATIENCE_MS = 60;
const AT_ONCE = 12;
const RUNS = { seed: 20260101, numRuns: 30 };

let sandbox: Sandbox;
const unexpected: unknown[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ onUnexpected: (error) => unexpected.push(error) });
});
afterAll(() => sandbox.close());

/** The statuses that come back for these bytes. */
function statusesFor(bytes: Uint8Array): Promise<number[]> {
  return new Promise((resolve) => {
    const socket = connect(sandbox.apiPort, '127.0.0.1');
    let answer = '';
    const timer = setTimeout(() => socket.destroy(), PATIENCE_MS);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve([...answer.matchAll(/HTTP\/1\.1 (\d{3}) [A-Z]/g)].map(([, status]) => Number(status)));
    });
    socket.write(bytes);
  });
}

const rowsMade = () => {
  const regions = [...sandbox.state.regions()];
  const tables = regions.flatMap(({ things, policies, certificates, caCertificates }) => [
    things.size,
    policies.size,
    certificates.size,
    caCertificates.size,
  ]);
  return tables.reduce((sum, size) => sum + size, 0);
};

const isFine = (status: number) => status < 500 || status === 501;

const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/iot/aws4_request, SignedHeaders=host, Signature=0';

function request(method: string, target: string, body: string): string {
  const head = [
    `${method} ${target} HTTP/1.1`,
    `host: localhost:${sandbox.apiPort}`,
    `authorization: ${AUTHORIZATION}`,
    'connection: close',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

const REQUESTS: readonly (readonly [method: string, target: string, body: string])[] = [
  ['GET', '/things?maxResults=10&nextToken=abc', ''],
  ['GET', '/things/pump', ''],
  ['POST', '/things/pump', '{"attributePayload":{"attributes":{"a":"b"},"merge":true}}'],
  ['POST', '/policies/p', '{"policyDocument":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[]}"}'],
  ['PUT', '/target-policies/p', '{"target":"arn:aws:iot:us-east-1:123456789012:cert/0"}'],
  [
    'POST',
    '/certificate/register-no-ca',
    '{"certificatePem":"-----BEGIN CERTIFICATE-----","status":"ACTIVE"}',
  ],
  ['GET', '/_sandbox/events?after=1&limit=3&waitMs=0', ''],
  ['POST', '/_sandbox/faults', '{"operation":"DescribeThing","fault":"throttling","count":1}'],
];

/** A valid request with some of its bytes replaced, repeated, left out or cut off. */
const mutated = fc
  .record({
    base: fc.nat({ max: REQUESTS.length - 1 }),
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        drop: fc.nat({ max: 6 }),
        insert: fc.oneof(
          fc.uint8Array({ maxLength: 4 }),
          fc
            .constantFrom(
              '\r\n',
              '\0',
              '%',
              '%00',
              '../',
              '{',
              '[',
              '"',
              '&',
              'a'.repeat(9000),
              '\r\n\r\n',
              '😀',
            )
            .map((text) => new Uint8Array(Buffer.from(text))),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ base, edits }) => {
    const [method, target, body] = REQUESTS[base] ?? ['GET', '/', ''];
    let bytes = Buffer.from(request(method, target, body));
    for (const { at, drop, insert } of edits) {
      const from = Math.floor(at * bytes.length);
      bytes = Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + drop)]);
    }
    return bytes;
  });

it('no bytes make it fail: what is not HTTP gets a 4xx or nothing, and makes nothing', async () => {
  const before = rowsMade();
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 2000 });
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (samples) => {
      const statuses = (await Promise.all(samples.map(statusesFor))).flat();
      expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([]);
    }),
    RUNS,
  );
  expect(rowsMade()).toBe(before);
});

it('no request that was tampered with makes it fail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mutated, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (samples) => {
      const statuses = (await Promise.all(samples.map(statusesFor))).flat();
      expect(statuses.filter((status) => !isFine(status))).toEqual([]);
    }),
    RUNS,
  );
  expect(unexpected).toEqual([]);
  expect((await fetch(`${sandbox.api}/_sandbox/health`)).status).toBe(200);
});
