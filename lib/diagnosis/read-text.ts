/**
 * What a typed or pasted text means: an id, a fingerprint, a serial number, an ARN, a name, or lines of a log. Total, and linear in
 * the text.
 * @module
 */
import { fromBase64 } from '@/lib/pki/bytes';
import { isOneSequence } from '@/lib/pki/der';
import { isThingName } from '@/lib/registry/thing';
import {
  LOOK_UP_EACH_MAX,
  type LookUp,
  NAME_CHARACTERS_MAX,
  NO_GIVEN,
  NO_LOOK_UP,
  regionOfHost,
} from './look-up';
import { readLog } from './read-log';

/** Nothing real is larger: more is cut off, and said to be. */
export const TEXT_CHARACTERS_MAX = 262_144;

export type TextKind =
  | 'empty'
  | 'certificate-id'
  | 'sha1-or-serial'
  | 'serial'
  | 'serial-or-name'
  | 'certificate-arn'
  | 'ca-arn'
  | 'thing-arn'
  | 'other-arn'
  | 'host'
  | 'name'
  | 'log'
  /** PEM, its base64 alone, or a part of either, which is for the reader of files: it may be of a private key. */
  | 'pem'
  | 'unknown';

export type TextReading = { kind: TextKind; lookUp: LookUp };

const only = (kind: TextKind, lookUp: Partial<LookUp> = {}): TextReading => ({
  kind,
  lookUp: { ...NO_LOOK_UP, ...lookUp },
});

export function readText(text: string): TextReading {
  const trimmed = text.slice(0, TEXT_CHARACTERS_MAX).trim();
  if (trimmed === '') return only('empty');
  if (trimmed.includes('-----BEGIN ') || derOfBase64(trimmed) !== undefined) return only('pem');
  if (trimmed.length > LINE_CHARACTERS_MAX || /[\r\n]/.test(trimmed)) return ofLog(trimmed);
  return ofArn(trimmed) ?? ofFingerprint(trimmed) ?? ofNumber(trimmed) ?? ofHost(trimmed) ?? ofWords(trimmed);
}

/** The DER that a text is when it is base64 of one SEQUENCE and nothing else: a certificate or key without its PEM lines. */
export function derOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  // A SEQUENCE begins with 0x30, which base64 begins with M.
  if (text.length > TEXT_CHARACTERS_MAX || !/^\s*M[A-P]/.test(text)) return undefined;
  const der = fromBase64(text.replace(/\s/g, ''));
  return der !== undefined && der.length > 2 && isOneSequence(der) ? der : undefined;
}

/** The longest ARN of a thing is below 200 characters, the longest distinguished name that anybody types not much more. */
const LINE_CHARACTERS_MAX = 300;

const ARN = /^arn:[\w-]{1,20}:([\w-]{1,30}):([\w-]{0,30}):(\d{12})?:([\w-]{1,30})[/:](.{1,200})$/;

function ofArn(text: string): TextReading | undefined {
  const [, service, region = '', accountId, type, name = ''] = ARN.exec(text) ?? [];
  if (type === undefined) return undefined;
  if (service !== 'iot') return only('other-arn');
  const given = { ...NO_GIVEN, region: region || undefined, accountId };
  const id = /^[0-9a-f]{64}$/i.test(name) ? name.toLowerCase() : undefined;
  if (type === 'cert' && id) return only('certificate-arn', { certificateIds: [id], given });
  if (type === 'cacert' && id) return only('ca-arn', { caIds: [id], given });
  if (type === 'thing' && isThingName(name)) return only('thing-arn', { things: [name], given });
  return only('other-arn');
}

/** As OpenSSL prints it: `sha256 Fingerprint=AB:CD:…`, `serial=0A1B`. */
const LABEL = /^(?:(sha-?(?:256|1)) )?(?:fingerprint|serial(?: ?number)?)\s*[=:]\s*/i;
const PAIRS = /^[0-9a-f]{2}(?:[: ][0-9a-f]{2}){3,31}$/i;

function ofFingerprint(text: string): TextReading | undefined {
  const label = LABEL.exec(text);
  const body = label === null ? text : text.slice(label[0].length);
  const isPairs = PAIRS.test(body);
  const hex = isPairs ? body.replace(/[: ]/g, '') : body;
  if (!/^[0-9a-f]{6,64}$/i.test(hex) || (label === null && !isPairs && hex.length < 40)) return undefined;
  const digits = hex.toLowerCase();
  if (digits.length === 64) return only('certificate-id', { certificateIds: [digits] });
  // Twenty octets are a SHA-1 fingerprint, which nobody keeps, or the serial number of an OpenSSL of today.
  if (digits.length === 40) return only('sha1-or-serial', { serials: [bare(digits)] });
  return isPairs || label !== null ? only('serial', { serials: [bare(digits)] }) : undefined;
}

/** RFC 5280 section 4.1.2.2: at most 20 octets, which are 49 decimal digits. */
const DECIMAL = /^\d{1,49}$/;
const HEX = /^(?:0x)?([0-9a-f]{8,40})$/i;

/** Also what could be a name: templates name things by serial numbers. */
function ofNumber(text: string): TextReading | undefined {
  const hex = HEX.exec(text)?.[1];
  const serials = [
    ...(DECIMAL.test(text) ? [BigInt(text).toString(16)] : []),
    ...(hex === undefined ? [] : [bare(hex.toLowerCase())]),
  ];
  if (serials.length === 0) return undefined;
  const names = isThingName(text) ? [text] : [];
  return only(text.startsWith('0x') ? 'serial' : 'serial-or-name', { serials: [...new Set(serials)], names });
}

const bare = (hex: string): string => hex.replace(/^0+(?=.)/, '');

function ofHost(text: string): TextReading | undefined {
  const region = regionOfHost(text);
  return region === undefined ? undefined : only('host', { given: { ...NO_GIVEN, host: text, region } });
}

/** `CN=press-1` is the name press-1; a line with blanks may be of a log. */
function ofWords(text: string): TextReading {
  const name = /^(?:.*[,/])?\s*CN\s*=\s*([^,/]+)/i.exec(text)?.[1]?.trim() ?? text;
  if (name === text && /[\s{]/.test(text)) {
    const log = ofLog(text);
    if (log.kind === 'log') return log;
  }
  if (mayBeOfKey(text)) return only('pem');
  if (name.length > NAME_CHARACTERS_MAX) return only('unknown');
  return only('name', { names: [name] });
}

/** So long a run of base64 is a name of nothing; a P-256 scalar has 43 of its characters, and a line of PEM 64 (RFC 7468 section 2). */
const BASE64_RUN = /[A-Za-z0-9+/]{40,}/g;

/** One line of a PEM body, the end of one, or a JWK with its private member (RFC 7517 section 9.2). */
function mayBeOfKey(text: string): boolean {
  if (/PRIVATE KEY|"d"\s*:/i.test(text)) return true;
  const runs = text.match(BASE64_RUN) ?? [];
  return runs.some((run) => /[A-Z]/.test(run) && /[a-z]/.test(run) && /\d/.test(run));
}

function ofLog(text: string): TextReading {
  const { certificateIds, caIds, things, given } = readLog(text);
  // The client id is the thing's name as a rule; where a thing is named, that one counts.
  const clientIds = given.clientId === undefined || !isThingName(given.clientId) ? [] : [given.clientId];
  const isTold =
    [certificateIds, caIds, things, clientIds].some(({ length }) => length > 0) ||
    given.symptom !== undefined ||
    given.host !== undefined;
  if (!isTold) return only('unknown');
  return only('log', {
    certificateIds: certificateIds.slice(0, LOOK_UP_EACH_MAX),
    caIds: certificateIds.length === 0 ? caIds.slice(0, LOOK_UP_EACH_MAX) : [],
    things: (things.length > 0 ? things : certificateIds.length === 0 ? clientIds : []).slice(
      0,
      LOOK_UP_EACH_MAX,
    ),
    given,
  });
}

/** What names one device. */
const ADDRESSED: readonly TextKind[] = [
  'certificate-id',
  'sha1-or-serial',
  'serial',
  'serial-or-name',
  'certificate-arn',
  'ca-arn',
  'thing-arn',
  'name',
];

/** Ids, fingerprints with colons, and ARNs are shorter. */
const ADDRESS_CHARACTERS_MAX = 200;

/** What of a text an address may keep, so that a look-up can be passed on; empty for logs, files and what may be a key. */
export function addressOf(text: string): string {
  const line = text.trim();
  return line.length <= ADDRESS_CHARACTERS_MAX && ADDRESSED.includes(readText(line).kind) ? line : '';
}
