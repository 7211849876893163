import { describe, expect, test } from 'vitest';
import { listDevices, newBatchInput, withEncoding, withTable } from './batch-input';

/** `name`, then a pump's name in Russian (windows-1251), as Python's codec encodes it. */
const RUSSIAN = Uint8Array.from([0x6e, 0x61, 0x6d, 0x65, 0xa, 0xed, 0xe0, 0xf1, 0xee, 0xf1, 0x2d, 0x31]);
/** The same of a Japanese one (Shift_JIS). */
const JAPANESE = Uint8Array.from([
  0x83, 0x66, 0x83, 0x6f, 0x83, 0x43, 0x83, 0x58, 0x96, 0xbc, 0xa, 0x83, 0x7c, 0x83, 0x93, 0x83, 0x76,
]);
const UTF8 = new TextEncoder().encode('name\nпамп-1');

const namesOf = (input: ReturnType<typeof newBatchInput>) =>
  listDevices(input).devices.map(({ subject }) => subject.commonName);

describe('a table that is not in Unicode', () => {
  test('is read by the language of the page, with its header', () => {
    const input = withTable(newBatchInput(undefined), 'pumps.csv', JAPANESE, 'ja');
    expect(input).toMatchObject({
      tableFault: undefined,
      table: { hasHeader: true, mapping: ['commonName'] },
    });
    expect(namesOf(input)).toEqual(['ポンプ']);
  });

  test('is read anew when the person chooses another encoding, the rest of the form as it is', () => {
    const typed = {
      ...newBatchInput(undefined),
      common: { organization: 'Example' },
      pattern: 'pump-{1..3}',
    };
    const guessed = withTable(typed, 'pumps.csv', RUSSIAN, 'en');
    expect(guessed.encoded?.encoding).toBe('windows-1252');
    if (guessed.encoded === undefined) throw new Error('not kept');
    const wrong = withEncoding(guessed, { ...guessed.encoded, encoding: 'euc-kr' });
    expect(wrong.tableFault).toEqual({ kind: 'table-undecoded', line: 2 });
    if (wrong.encoded === undefined) throw new Error('not kept');
    const right = withEncoding(wrong, { ...wrong.encoded, encoding: 'windows-1251' });
    expect(namesOf(right)).toEqual(['насос-1']);
    expect(right).toMatchObject({
      common: typed.common,
      pattern: typed.pattern,
      table: { name: 'pumps.csv' },
    });
  });

  test('leaves nothing to choose behind when one in UTF-8 takes its place', () => {
    const first = withTable(newBatchInput(undefined), 'pumps.csv', RUSSIAN, 'en');
    const second = withTable(first, 'again.csv', UTF8, 'en');
    expect(second.encoded).toBeUndefined();
    expect(namesOf(second)).toEqual(['памп-1']);
  });
});
