import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PEM_BYTES_MAX, parsePem, printPem } from './pem';

const BLOCK = '-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n';
const DER = Uint8Array.of(0, 1, 2);

test.each([
  { text: BLOCK, reason: 'plain' },
  { text: BLOCK.replaceAll('\n', '\r\n'), reason: 'Windows line ends' },
  { text: BLOCK.trimEnd(), reason: 'no line feed at the end' },
  { text: `\uFEFF${BLOCK}`, reason: 'byte order mark' },
  { text: `Certificate:\n    Data:\n        Version: 3\n${BLOCK}`, reason: 'OpenSSL text in front' },
  { text: BLOCK.replaceAll('\n', '\n  '), reason: 'indented, as pasted from YAML' },
  { text: BLOCK.replace('AAEC', 'AA\nEC'), reason: 'short lines' },
])('one block is found: $reason', ({ text }) => {
  expect(parsePem(text)).toEqual({ ok: true, value: [{ label: 'CERTIFICATE', headers: [], der: DER }] });
});

test.each([
  { text: '', failure: { kind: 'pem-missing' }, reason: 'empty' },
  { text: 'hello', failure: { kind: 'pem-missing' }, reason: 'no PEM at all' },
  { text: 'AAEC', failure: { kind: 'pem-missing' }, reason: 'base64 without its frame' },
  {
    text: 'x\n-----BEGIN CERTIFICATE-----\nAAEC\n',
    failure: { kind: 'pem-truncated', label: 'CERTIFICATE', line: 2 },
    reason: 'the end is missing',
  },
  {
    text: '-----BEGIN CERTIFICATE-----\nAAEC\n-----END PRIVATE KEY-----\n',
    failure: { kind: 'pem-truncated', label: 'CERTIFICATE', line: 1 },
    reason: 'another end',
  },
  {
    text: `-----BEGIN A-----\nAAEC\n${BLOCK}`,
    failure: { kind: 'pem-truncated', label: 'A', line: 1 },
    reason: 'a block begins inside a block',
  },
  {
    text: BLOCK.replace('AAEC', 'AA*C'),
    failure: { kind: 'pem-garbled', label: 'CERTIFICATE', line: 1 },
    reason: 'not base64',
  },
  {
    text: BLOCK.replace('AAEC', 'AAE'),
    failure: { kind: 'pem-garbled', label: 'CERTIFICATE', line: 1 },
    reason: 'a character was lost',
  },
  {
    text: BLOCK.replace('AAEC', ''),
    failure: { kind: 'pem-garbled', label: 'CERTIFICATE', line: 1 },
    reason: 'nothing inside',
  },
  {
    text: 'x'.repeat(PEM_BYTES_MAX + 1),
    failure: { kind: 'pem-too-big', characters: PEM_BYTES_MAX + 1, charactersMax: PEM_BYTES_MAX },
    reason: 'over the bound',
  },
])('a fault is named: $reason', ({ text, failure }) => {
  expect(parsePem(text)).toEqual({ ok: false, failure });
});

test('old headers are kept apart from the base64', () => {
  const text =
    '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,00\n\nAAEC\n-----END RSA PRIVATE KEY-----';
  expect(parsePem(text)).toEqual({
    ok: true,
    value: [
      {
        label: 'RSA PRIVATE KEY',
        headers: ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: DES-EDE3-CBC,00'],
        der: DER,
      },
    ],
  });
});

test('what is printed is parsed back, block by block', () => {
  const blocks = fc.array(
    fc.record({
      label: fc.constantFrom('CERTIFICATE', 'PRIVATE KEY'),
      der: fc.uint8Array({ minLength: 1, maxLength: 300 }),
    }),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  fc.assert(
    fc.property(blocks, fc.constantFrom('\n', '# text\n', ''), (printed, between) => {
      const parsed = parsePem(printed.map(({ label, der }) => printPem(label, der)).join(between));
      expect(parsed).toEqual({
        ok: true,
        value: printed.map(({ label, der }) => ({ label, headers: [], der: Uint8Array.from(der) })),
      });
    }),
  );
});
