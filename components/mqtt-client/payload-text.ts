/**
 * Payloads between bytes and what a person reads or types: text, JSON or hexadecimal digits.
 * @module
 */
import { type Bytes, fromBase64, fromHex, toHex, utf8Bytes } from '@/lib/pki/bytes';
import { fail, ok, type Result } from '@/lib/result';

export const PAYLOAD_FORMS = ['text', 'json', 'hex'] as const;
export type PayloadForm = (typeof PAYLOAD_FORMS)[number];

/** What a payload says as text; `undefined` when it is no UTF-8. */
export function textOf(base64: string): string | undefined {
  const bytes = fromBase64(base64);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A payload in a form; in hexadecimal digits where it is no text, as it is where it is no JSON. */
export function showPayload(base64: string, form: PayloadForm): string {
  const text = form === 'hex' ? undefined : textOf(base64);
  if (text === undefined) return hexLines(fromBase64(base64) ?? new Uint8Array());
  return form === 'json' ? indented(text) : text;
}

export type PayloadFault = 'no-json' | 'no-hex';

/** The bytes of what was typed. JSON is sent as it was typed; spaces and line ends between hexadecimal digits mean nothing. */
export function readPayload(typed: string, form: PayloadForm): Result<Bytes, PayloadFault> {
  if (form === 'hex') {
    const digits = typed.replace(/\s+/g, '');
    return /^([0-9a-f]{2})*$/i.test(digits) ? ok(fromHex(digits.toLowerCase())) : fail('no-hex');
  }
  if (form === 'json') {
    try {
      JSON.parse(typed);
    } catch {
      return fail('no-json');
    }
  }
  return ok(utf8Bytes(typed));
}

const BYTES_PER_LINE = 16;

function hexLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE) {
    const pairs = toHex(bytes.subarray(at, at + BYTES_PER_LINE)).match(/../g) ?? [];
    lines.push(pairs.join(' '));
  }
  return lines.join('\n');
}

function indented(text: string): string {
  try {
    // Numbers beyond what JavaScript counts exactly would change: such a text is shown as it is.
    const parsed: unknown = JSON.parse(text);
    return /\d{16}|[eE]/.test(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, ''))
      ? text
      : JSON.stringify(parsed, null, 2);
  } catch {
    return text;
  }
}
