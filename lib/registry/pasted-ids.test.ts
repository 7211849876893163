import { describe, expect, it } from 'vitest';
import { PASTED_CHARACTERS_MAX, readPastedIds } from './pasted-ids';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const ARN = `arn:aws:iot:eu-central-1:123456789012:cert/${A}`;
const FINGERPRINT = `sha256 Fingerprint=${'AA:'.repeat(31)}AA`;

describe('pasted ids', () => {
  it.each([
    { text: `${A}\n${B}\n`, ids: [A, B], why: 'one a line' },
    { text: `${A}\r\n\r\n${B}`, ids: [A, B], why: 'lines of Windows, empty ones between' },
    { text: `${A}, ${B};${A}`, ids: [A, B], why: 'separated, one of them twice' },
    { text: `"${A}","${ARN}","ACTIVE"`, ids: [A], why: "a row of the console's own CSV" },
    { text: FINGERPRINT, ids: [A], why: 'what OpenSSL prints' },
    { text: A.toUpperCase(), ids: [A], why: 'upper case' },
    { text: '', ids: [], why: 'nothing' },
  ])('are read from $why', ({ text, ids }) => {
    expect(readPastedIds(text)).toEqual({ ids, unreadCount: 0, firstUnread: undefined });
  });

  it('tells how many lines hold none, and the first', () => {
    expect(readPastedIds(`certificateId\n${A}\n${A.slice(1)}`)).toEqual({
      ids: [A],
      unreadCount: 2,
      firstUnread: 'certificateId',
    });
  });

  it('leaves out what is beyond its bound', () => {
    expect(readPastedIds(`${' '.repeat(PASTED_CHARACTERS_MAX)}\n${A}`).ids).toEqual([]);
  });
});
