import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOOK_UP_EACH_MAX, NO_GIVEN, NO_LOOK_UP } from './look-up';
import { addressOf, readText } from './read-text';

const ID = 'ab'.repeat(32);
const CA = 'cd'.repeat(32);
const colons = (hex: string) => hex.toUpperCase().replace(/..(?!$)/g, '$&:');
const SHA1 = '0a'.repeat(20);

describe('a line that somebody types is', () => {
  it.each([
    { text: ID, kind: 'certificate-id', lookUp: { certificateIds: [ID] }, reason: 'an id' },
    {
      text: ` ${ID.toUpperCase()} `,
      kind: 'certificate-id',
      lookUp: { certificateIds: [ID] },
      reason: 'upper case',
    },
    {
      text: colons(ID),
      kind: 'certificate-id',
      lookUp: { certificateIds: [ID] },
      reason: 'a SHA-256 fingerprint',
    },
    {
      text: `sha256 Fingerprint=${colons(ID)}`,
      kind: 'certificate-id',
      lookUp: { certificateIds: [ID] },
      reason: "OpenSSL's line",
    },
    {
      text: `SHA1 Fingerprint=${colons(SHA1)}`,
      kind: 'sha1-or-serial',
      lookUp: { serials: ['a'.padEnd(39, '0a')] },
      reason: 'twenty octets',
    },
    { text: 'serial=0A1B2C', kind: 'serial', lookUp: { serials: ['a1b2c'] }, reason: "OpenSSL's serial" },
    { text: '0A:1B:2C:3D', kind: 'serial', lookUp: { serials: ['a1b2c3d'] }, reason: 'octets with colons' },
    { text: '0x1b2c3d4e', kind: 'serial', lookUp: { serials: ['1b2c3d4e'] }, reason: 'hex that says so' },
    {
      text: '255',
      kind: 'serial-or-name',
      lookUp: { serials: ['ff'], names: ['255'] },
      reason: 'a decimal serial, or a thing named by it',
    },
    {
      text: '12345678',
      kind: 'serial-or-name',
      lookUp: { serials: ['bc614e', '12345678'], names: ['12345678'] },
      reason: 'decimal or hex',
    },
    {
      text: 'deadbeef',
      kind: 'serial-or-name',
      lookUp: { serials: ['deadbeef'], names: ['deadbeef'] },
      reason: 'hex, or a name',
    },
    {
      text: `arn:aws:iot:eu-west-1:123456789012:cert/${ID}`,
      kind: 'certificate-arn',
      lookUp: { certificateIds: [ID], given: { region: 'eu-west-1', accountId: '123456789012' } },
      reason: 'an ARN, with account and Region',
    },
    {
      text: `arn:aws:iot:eu-west-1:123456789012:cacert/${ID}`,
      kind: 'ca-arn',
      lookUp: { caIds: [ID] },
      reason: "a CA's",
    },
    {
      text: 'arn:aws-cn:iot:cn-north-1:123456789012:thing/press-1',
      kind: 'thing-arn',
      lookUp: { things: ['press-1'] },
      reason: "a thing's",
    },
    { text: 'arn:aws:iam::123456789012:role/x', kind: 'other-arn', lookUp: {}, reason: 'no device' },
    { text: 'press-1', kind: 'name', lookUp: { names: ['press-1'] }, reason: 'a name' },
    { text: 'C=IN, O=AMZ, CN=press-1', kind: 'name', lookUp: { names: ['press-1'] }, reason: 'a subject' },
    { text: '/C=IN/CN=press-1', kind: 'name', lookUp: { names: ['press-1'] }, reason: "OpenSSL's subject" },
    { text: 'Gerät 7', kind: 'name', lookUp: { names: ['Gerät 7'] }, reason: 'a common name, no thing' },
    {
      text: 'abc123-ats.iot.eu-west-1.amazonaws.com',
      kind: 'host',
      lookUp: { given: { region: 'eu-west-1', host: 'abc123-ats.iot.eu-west-1.amazonaws.com' } },
      reason: 'an endpoint',
    },
    { text: '  ', kind: 'empty', lookUp: {}, reason: 'nothing' },
    { text: '-----BEGIN CERTIFICATE-----', kind: 'pem', lookUp: {}, reason: 'for the reader of files' },
    {
      // An Ed25519 key in PKCS#8, of zeros.
      text: 'MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      kind: 'pem',
      lookUp: { names: [] },
      reason: 'base64 of DER, which may be a key, and is no name',
    },
    {
      text: 'MAchine-7',
      kind: 'name',
      lookUp: { names: ['MAchine-7'] },
      reason: 'a name that begins as base64 may',
    },
    {
      text: 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAAAAAAAAAAAAAAAA',
      kind: 'pem',
      lookUp: { names: [] },
      reason: 'the first line of a key in PEM',
    },
    {
      text: 'AAAAAAAA1b2c3d4e5f6AAAAAAAAAAAAAAAAAAAAAAAAA -----END PRIVATE KEY-----',
      kind: 'pem',
      lookUp: { names: [] },
      reason: 'the end of a key in PEM',
    },
    {
      text: '{"kty":"OKP","crv":"Ed25519","d":"AAAA"}',
      kind: 'pem',
      lookUp: { names: [] },
      reason: 'a private JWK',
    },
    {
      text: 'Factory-Line-4-Press-Number-0000000007-Frankfurt-am-Main',
      kind: 'name',
      lookUp: { names: ['Factory-Line-4-Press-Number-0000000007-Frankfurt-am-Main'] },
      reason: 'a long name',
    },
    { text: 'x'.repeat(400), kind: 'unknown', lookUp: {}, reason: 'too long for any name' },
  ])('$kind: $reason', ({ text, kind, lookUp }) => {
    expect(readText(text)).toMatchObject({ kind, lookUp });
  });
});

describe('a line of a log names the device:', () => {
  const awsLog = {
    timestamp: '2026-06-01 12:00:00.000',
    logLevel: 'ERROR',
    accountId: '123456789012',
    status: 'Failure',
    eventType: 'Connect',
    protocol: 'MQTT',
    clientId: 'press-1',
    principalId: ID,
    sourceIp: '192.0.2.1',
  };
  it.each([
    { text: JSON.stringify(awsLog), reason: 'AWS IoT log' },
    { text: `2026-06-01T12:00:00Z ${JSON.stringify(awsLog)}\nsomething else`, reason: 'a line of many' },
    {
      text: JSON.stringify({ events: [{ message: JSON.stringify(awsLog) }] }),
      reason: 'as CloudWatch exports it',
    },
    {
      text: JSON.stringify({ clientId: 'press-1', eventType: 'disconnected', principalIdentifier: ID }),
      reason: 'a life cycle event',
    },
  ])('$reason', ({ text }) => {
    const { kind, lookUp } = readText(text);
    expect(kind).toBe('log');
    expect(lookUp.certificateIds).toEqual([ID]);
    expect(lookUp.given?.clientId).toBe('press-1');
  });

  it('an event of a registration, whose CA is not taken for the device', () => {
    const text = JSON.stringify({
      certificateId: ID,
      caCertificateId: CA,
      certificateStatus: 'PENDING_ACTIVATION',
    });
    expect(readText(text).lookUp).toMatchObject({ certificateIds: [ID], caIds: [] });
  });

  it('with nothing of it that no look-up takes', () => {
    const text = JSON.stringify({
      region: '',
      thingName: 'x'.repeat(129),
      principalId: ID,
    });
    expect(readText(text).lookUp).toEqual({ ...NO_LOOK_UP, certificateIds: [ID], given: NO_GIVEN });
  });

  it("the sandbox's explanation", () => {
    const text = JSON.stringify({
      sequence: 1,
      code: 'ca-not-active',
      message: 'The CA …',
      certificateId: ID,
    });
    expect(readText(text).lookUp.certificateIds).toEqual([ID]);
  });

  it.each([
    {
      text: '1690000000: New client connected from 192.0.2.1:51000 as press-1 (p4, c1, k60).',
      reason: 'connected',
    },
    { text: '1690000000: Client press-1 closed its connection.', reason: 'closed' },
    { text: '1690000000: Sending CONNACK to press-1 (0, 5)', reason: 'answered' },
    { text: 'Client press-1 sending CONNECT', reason: 'the client itself' },
    {
      text: "mosquitto_pub --cafile r.pem -h localhost -p 8883 -t a/b -i 'press-1' -m Hello\nError: x",
      reason: 'its line',
    },
  ])("mosquitto's: $reason", ({ text }) => {
    expect(readText(text).lookUp).toMatchObject({ things: ['press-1'], given: { clientId: 'press-1' } });
  });

  it.each([
    { text: 'Error: The connection was lost.', symptom: 'hang-up' },
    {
      text: 'OpenSSL Error[0]: error:0A000086:SSL routines::certificate verify failed',
      symptom: 'server-not-verified',
    },
    { text: 'verify error:num=9:certificate is not yet valid', symptom: 'certificate-not-yet-valid' },
    {
      text: 'aws: error: the following arguments are required: --verification-certificate',
      symptom: 'verification-certificate-demanded',
    },
  ])('and what went wrong: $symptom', ({ text, symptom }) => {
    expect(readText(text)).toMatchObject({ kind: 'log', lookUp: { given: { symptom } } });
  });
});

describe('an address keeps', () => {
  it.each([
    { text: ' press-1 ', kept: 'press-1', reason: 'a name' },
    { text: ID, kept: ID, reason: 'an id' },
    { text: '-----BEGIN PRIVATE KEY-----MC4CAQ==-----END PRIVATE KEY-----', kept: '', reason: 'no key' },
    { text: 'Client press-1 sending CONNECT', kept: '', reason: 'no log' },
  ])('$reason', ({ text, kept }) => {
    expect(addressOf(text)).toBe(kept);
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ID,
    CA,
    'clientId',
    '{"a":',
    '}',
    ':',
    '\n',
    'arn:aws:iot:',
    'CN=',
    '\\u0000',
    '0x',
  );
  it('is answered, and never with more than can be looked up', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }).map((all) => all.join('')),
      fc.json(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { lookUp } = readText(text);
        for (const key of ['certificateIds', 'caIds', 'things', 'names', 'serials'] as const) {
          expect(lookUp[key].length).toBeLessThanOrEqual(LOOK_UP_EACH_MAX);
        }
        for (const id of lookUp.certificateIds) expect(id).toMatch(/^[0-9a-f]{64}$/);
        for (const serial of lookUp.serials) expect(serial).toMatch(/^[0-9a-f]{1,64}$/);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    { text: 'a'.repeat(1_000_000), reason: 'one word' },
    { text: 'mosquitto_pub '.repeat(40_000), reason: 'the beginnings of lines' },
    { text: '{'.repeat(300_000), reason: 'the beginnings of JSON' },
    { text: `${'a.'.repeat(150_000)}iot.`, reason: 'almost a host' },
  ])('takes its time in proportion: $reason', ({ text }) => {
    const begin = performance.now();
    readText(text);
    expect(performance.now() - begin).toBeLessThan(1500);
  });
});
