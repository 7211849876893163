/**
 * What lines of a log say about a device: AWS IoT's own (JSON), life cycle and registration events, the sandbox's explanations,
 * mosquitto's broker and clients, a device's OpenSSL. AWS IoT Developer Guide, "CloudWatch log entries for AWS IoT",
 * "Lifecycle events".
 * @module
 */
import { parsePrincipal } from '@/lib/registry/principal';
import { isThingName } from '@/lib/registry/thing';
import type { GivenFacts, Symptom } from './facts';
import { NO_GIVEN } from './look-up';

export type LogReading = {
  certificateIds: string[];
  caIds: string[];
  things: string[];
  given: GivenFacts;
};

/** More lines than these are no excerpt of one device's. */
const JSON_LINES_MAX = 200;

/** Never throws: lines that say nothing are passed over. */
export function readLog(text: string): LogReading {
  const fields = fieldsOf(text);
  const of = (...names: string[]) => distinct(names.flatMap((name) => fields.get(name) ?? []));
  const caIds = of('caCertificateId').filter(isId);
  const clientIds = [...of('clientId', 'client_id'), ...matches(text, CLIENT_IDS)];
  const arns = [...text.matchAll(ARNS)].map(([arn]) => arn);
  const hosts = [...text.matchAll(HOSTS)];
  return {
    certificateIds: distinct([
      ...of('certificateId', 'principalId', 'principalIdentifier', 'principal').filter(isId),
      ...arns.flatMap((arn) => {
        const principal = parsePrincipal(arn);
        return principal.kind === 'certificate' ? [principal.certificateId] : [];
      }),
      ...[...text.matchAll(IDS)].map(([id]) => id),
    ]).filter((id) => !caIds.includes(id)),
    caIds,
    things: of('thingName').filter(isThingName),
    given: {
      ...NO_GIVEN,
      clientId: clientIds.find((id) => /^.{1,128}$/.test(id) && id !== 'null'),
      region:
        of('region', 'awsRegion').find((name) => /^[\w-]{1,30}$/.test(name)) ??
        hosts[0]?.[1] ??
        regionOf(arns[0]),
      accountId: [...of('accountId', 'awsAccountId'), ...arns.map((arn) => arn.split(':')[4] ?? '')].find(
        (id) => /^\d{12}$/.test(id),
      ),
      host: hosts[0]?.[0],
      symptom: SYMPTOMS.find(([pattern]) => pattern.test(text))?.[1],
    },
  };
}

const isId = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
const IDS = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;
const ARNS = /\barn:[\w-]{1,20}:iot:[\w-]{0,30}:\d{12}:[\w-]{1,30}\/[\w:.-]{1,128}/g;
const HOSTS = /\b[\w-]{1,63}\.iot\.([\w-]{1,30})\.amazonaws\.com\b/g;
const regionOf = (arn: string | undefined): string | undefined => arn?.split(':')[3] || undefined;

/** mosquitto's broker and clients (their sources, `log__printf`), and the option that a client was started with. */
const CLIENT_IDS: readonly RegExp[] = [
  /\bconnected from [^\s]{1,80} as ([^\s]{1,128}) \(/g,
  /\bClient ([^\s]{1,128}) (?:sending|received|disconnected|closed|has exceeded|already connected)/g,
  /\b(?:Sending|Received) [A-Z]{4,12} (?:to|from) ([^\s]{1,128})/g,
  /\bclient[ _-]?id["']?\s{0,3}[:=]\s{0,3}["']?([\w:.-]{1,128})/gi,
  /\bmosquitto_[ps]ub\b[^\n]{0,2000}?\s-i\s+["']?([\w:.-]{1,128})/g,
];

const matches = (text: string, patterns: readonly RegExp[]): string[] =>
  patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, found = '']) => found));

/** The most telling first. Words of OpenSSL, mosquitto, the AWS CLI and SDKs. */
const SYMPTOMS: readonly (readonly [RegExp, Symptom])[] = [
  [
    /verification-?certificate[^\n]{0,80}(?:required|missing)|required[^\n]{0,80}--verification-certificate/i,
    'verification-certificate-demanded',
  ],
  // aws-iot-device-sdk-java-v2 #174: an SDK that loads no chain.
  [/greater than (?:the )?expected depth/i, 'one-certificate-only'],
  [/certificate is not yet valid|CERT_NOT_YET_VALID/i, 'certificate-not-yet-valid'],
  [
    /certificate verify failed|unable to get (?:local )?issuer certificate|self.signed certificate in certificate chain|UNABLE_TO_GET_ISSUER_CERT|SELF_SIGNED_CERT_IN_CHAIN|unknown ca\b/i,
    'server-not-verified',
  ],
  [
    /connection was lost|connection reset by peer|ECONNRESET|unexpected eof|server closed the connection|socket hang up/i,
    'hang-up',
  ],
];

/** Every text field of the JSON in a text, one level of JSON within JSON included, as CloudWatch exports it. */
function fieldsOf(text: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  const whole = parse(text);
  const values = whole === undefined ? jsonLines(text) : [whole];
  for (const value of values) collect(value, fields, 0);
  return fields;
}

function jsonLines(text: string): unknown[] {
  return text.split(/\r\n|\r|\n/, JSON_LINES_MAX).flatMap((line) => {
    const start = line.indexOf('{');
    const end = line.lastIndexOf('}');
    const value = start < 0 || end < start ? undefined : parse(line.slice(start, end + 1));
    return value === undefined ? [] : [value];
  });
}

function parse(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON is looked into as deep as logs nest it. */
const DEPTH_MAX = 6;

function collect(value: unknown, fields: Map<string, string[]>, depth: number): void {
  if (depth > DEPTH_MAX || typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner !== 'string') {
      collect(inner, fields, depth + 1);
      continue;
    }
    const found = fields.get(name);
    if (found === undefined) fields.set(name, [inner]);
    else found.push(inner);
    collect(parse(inner), fields, depth + 1);
  }
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];
