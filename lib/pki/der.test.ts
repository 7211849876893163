import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeElement, isOneSequence, objectIdentifier, readElements, readSequence } from './der';

test.each([
  { bytes: [0x30, 0x00], expected: true, reason: 'empty' },
  { bytes: [0x30, 0x01, 0x05], expected: true, reason: 'short form' },
  { bytes: [0x30, 0x81, 0x01, 0x05], expected: true, reason: 'long form' },
  { bytes: [0x30, 0x00, 0x00], expected: false, reason: 'trailing byte' },
  { bytes: [0x30, 0x02, 0x05], expected: false, reason: 'truncated' },
  { bytes: [0x30, 0x80, 0x00, 0x00], expected: false, reason: 'indefinite length is BER' },
  { bytes: [0x30, 0x85, 0, 0, 0, 0, 1, 5], expected: false, reason: 'five length octets' },
  { bytes: [0x31, 0x00], expected: false, reason: 'a SET' },
  { bytes: [], expected: false, reason: 'nothing' },
])('one whole SEQUENCE or not: $reason', ({ bytes, expected }) => {
  expect(isOneSequence(Uint8Array.from(bytes))).toBe(expected);
});

test('what is encoded is read back, of any length', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 70_000 }), { maxLength: 4 }), (contents) => {
      const sequence = encodeElement(0x30, ...contents.map((content) => encodeElement(0x04, content)));
      expect(readSequence(sequence)?.map(({ content }) => content)).toEqual(
        contents.map((each) => Uint8Array.from(each)),
      );
    }),
    { numRuns: 30 },
  );
});

test('no bytes make the reader throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void readElements(bytes)));
});

test.each([
  { hex: '2a864886f70d010101', oid: '1.2.840.113549.1.1.1' },
  { hex: '551d13', oid: '2.5.29.19' },
  { hex: '883703', oid: '2.999.3' },
])('$oid is decoded', ({ hex, oid }) => {
  expect(objectIdentifier(Uint8Array.from(Buffer.from(hex, 'hex')))).toBe(oid);
});
