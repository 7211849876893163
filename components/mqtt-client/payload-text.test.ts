import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '@/lib/pki/bytes';
import { type PayloadFault, type PayloadForm, readPayload, showPayload } from './payload-text';

const base64 = (text: string) => toBase64(new TextEncoder().encode(text));

describe('showPayload', () => {
  it.each<[string, PayloadForm, string, string]>([
    ['Hello', 'text', 'Hello', 'text'],
    ['{"a":1}', 'text', '{"a":1}', 'text as it came'],
    ['{"a":1}', 'json', '{\n  "a": 1\n}', 'JSON is indented'],
    ['{"a":', 'json', '{"a":', 'what is no JSON stays'],
    [
      '{"id":12345678901234567890}',
      'json',
      '{"id":12345678901234567890}',
      'no digit of a large number changes',
    ],
    [
      '{"name":"12345678901234567890"}',
      'json',
      '{\n  "name": "12345678901234567890"\n}',
      'digits in a text are no number',
    ],
    ['Hi', 'hex', '48 69', 'digits'],
  ])('%j as %s: %j (%s)', (text, form, expected) => {
    expect(showPayload(base64(text), form)).toBe(expected);
  });

  it('shows what is no UTF-8 as digits, sixteen bytes a line', () => {
    const shown = showPayload(toBase64(new Uint8Array(17).fill(0xff)), 'text');
    expect(shown.split('\n').map((line) => line.split(' ').length)).toEqual([16, 1]);
  });
});

describe('readPayload', () => {
  it.each<[string, PayloadForm, PayloadFault, string]>([
    ['{"a":}', 'json', 'no-json', 'broken'],
    ['', 'json', 'no-json', 'nothing is no JSON'],
    ['4', 'hex', 'no-hex', 'half a byte'],
    ['zz', 'hex', 'no-hex', 'no digits'],
  ])('%j as %s: %s (%s)', (typed, form, fault) => {
    expect(readPayload(typed, form)).toEqual({ ok: false, failure: fault });
  });

  it('sends what was typed, byte by byte', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const read = readPayload(text, 'text');
        expect(read.ok && showPayload(toBase64(read.value), 'text')).toBe(text);
      }),
    );
  });

  it('reads the digits that it shows', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const shown = showPayload(toBase64(bytes), 'hex');
        const read = readPayload(shown.toUpperCase(), 'hex');
        expect(read.ok && [...read.value]).toEqual([...bytes]);
      }),
    );
  });
});
