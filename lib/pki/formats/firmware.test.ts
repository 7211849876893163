import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cHeader, deviceClientConfig, espIdfNvs, type FirmwareParts, zephyrHeader } from './firmware';

const PARTS: FirmwareParts = {
  thingName: 'pump "1", ポンプ??/',
  keyPem: '-----BEGIN PRIVATE KEY-----\nMIG+/=\n-----END PRIVATE KEY-----\n',
  chainPem:
    '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\nBB==\n-----END CERTIFICATE-----\n',
  serverRootPem: '-----BEGIN CERTIFICATE-----\nCC==\n-----END CERTIFICATE-----\n',
  host: 'abc-ats.iot.eu-west-1.amazonaws.com',
  port: 8883,
};
const FILES = { key: 'pump-1.key', chain: 'pump-1-chain.crt', serverRoot: 'server-root.pem' };

/** The string literals behind a name put together again, as a C compiler does (ISO C §5.1.1.2, §6.4.5). */
function literalsOf(text: string, from: string, until: RegExp): string {
  const body = text.slice(text.indexOf(from) + from.length);
  const end = body.search(until);
  const octets = [...body.slice(0, end).matchAll(/"((?:[^"\\]|\\.)*)"/g)].flatMap(([, inner = '']) =>
    [...inner.matchAll(/\\([0-7]{3})|\\(.)|([^\\])/g)].map(([, octal, escaped, plain]) => {
      if (octal !== undefined) return Number.parseInt(octal, 8);
      return (escaped === 'n' ? '\n' : (escaped ?? plain ?? '')).charCodeAt(0);
    }),
  );
  return new TextDecoder().decode(Uint8Array.from(octets));
}

it.each([
  ['AWS_IOT_ROOT_CA_PEM', PARTS.serverRootPem],
  ['AWS_IOT_CERTIFICATE_CHAIN_PEM', PARTS.chainPem],
  ['AWS_IOT_PRIVATE_KEY_PEM', PARTS.keyPem],
])('a C header gives %s back', (name, pem) => {
  expect(literalsOf(cHeader(PARTS), `#define ${name} \\`, /\n\n/)).toBe(pem);
});

it.each([
  ['aws_iot_root_ca', PARTS.serverRootPem],
  ['aws_iot_certificate_chain', PARTS.chainPem],
  ['aws_iot_private_key', PARTS.keyPem],
])('a Zephyr header gives %s back and adds it', (name, pem) => {
  const text = zephyrHeader(PARTS);
  expect(literalsOf(text, `static const char ${name}[] =`, /;/)).toBe(pem);
  expect(text).toMatch(new RegExp(`, ${name},\\s+sizeof\\(${name}\\)`));
});

it('a name with quotes, other scripts and trigraphs stays what it is', () => {
  expect(literalsOf(cHeader(PARTS), '#define AWS_IOT_THING_NAME', /\n/)).toBe(PARTS.thingName);
  expect(cHeader(PARTS)).not.toContain('??');
});

it('an NVS table is what a CSV reader finds', () => {
  const read = 'import csv,sys,json;print(json.dumps(list(csv.reader(sys.stdin))))';
  const rows: string[][] = JSON.parse(
    execFileSync('python3', ['-c', read], { input: espIdfNvs(PARTS, FILES) }).toString(),
  );
  expect(rows).toEqual([
    ['key', 'type', 'encoding', 'value'],
    ['aws_iot', 'namespace', '', ''],
    ['endpoint', 'data', 'string', PARTS.host],
    ['port', 'data', 'u16', '8883'],
    ['thing_name', 'data', 'string', PARTS.thingName],
    ['root_ca', 'file', 'string', FILES.serverRoot],
    ['certificate', 'file', 'string', FILES.chain],
    ['private_key', 'file', 'string', FILES.key],
  ]);
  for (const [key = ''] of rows) expect(key.length).toBeLessThanOrEqual(15);
});

describe('a Device Client configuration', () => {
  it.each(['/etc/device', '/etc/device/'])('points into %s', (directory) => {
    expect(JSON.parse(deviceClientConfig(PARTS, FILES, directory))).toMatchObject({
      endpoint: PARTS.host,
      cert: '/etc/device/pump-1-chain.crt',
      key: '/etc/device/pump-1.key',
      'root-ca': '/etc/device/server-root.pem',
      'thing-name': PARTS.thingName,
      'fleet-provisioning': { enabled: false },
    });
  });
});
