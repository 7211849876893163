import { expect, it } from 'vitest';
import { AMAZON_ROOT_CA_1, AMAZON_ROOT_CA_3 } from './amazon-roots';
import { parseTrustFile } from './parse-trust-file';

const block = (label: string, body = 'MAA=') => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
const lines = (pem: string) => pem.trim();

it.each([
  { text: AMAZON_ROOT_CA_1, reason: 'a certificate alone' },
  {
    text: `Amazon Root CA 1\n=====\n${AMAZON_ROOT_CA_1}\nsee the wiki\n`,
    reason: 'text around it is dropped',
  },
  { text: AMAZON_ROOT_CA_1.replaceAll('\n', '\r\n'), reason: 'line ends of Windows become line feeds' },
  { text: block('DH PARAMETERS') + AMAZON_ROOT_CA_1, reason: 'a block of another kind is dropped' },
])('prints the certificate alone: $reason', ({ text }) => {
  const read = parseTrustFile(text);
  expect(read.ok && lines(read.value.pem)).toBe(lines(AMAZON_ROOT_CA_1));
  expect(read.ok && read.value.subject).toBe('CN=Amazon Root CA 1, O=Amazon, C=US');
});

it('keeps every certificate, in order, under the name of the first', () => {
  const read = parseTrustFile(`${AMAZON_ROOT_CA_3}\n${AMAZON_ROOT_CA_1}`);
  expect(read.ok && read.value.pem).toBe(`${lines(AMAZON_ROOT_CA_3)}\n${lines(AMAZON_ROOT_CA_1)}\n`);
  expect(read.ok && read.value.subject).toContain('CN=Amazon Root CA 3');
});

it.each([
  { text: AMAZON_ROOT_CA_1 + block('PRIVATE KEY'), fault: 'private-key', reason: 'behind a certificate' },
  { text: block('RSA PRIVATE KEY') + AMAZON_ROOT_CA_1, fault: 'private-key', reason: 'in front of one' },
  { text: block('ENCRYPTED PRIVATE KEY'), fault: 'private-key', reason: 'encrypted, it is one all the same' },
  {
    text: `${AMAZON_ROOT_CA_1}\n-----BEGIN EC PRIVATE KEY-----\nMAA=`,
    fault: 'private-key',
    reason: 'cut off, it is one all the same',
  },
  { text: '', fault: 'no-certificate', reason: 'an empty file' },
  { text: 'no certificate', fault: 'no-certificate', reason: 'a text' },
  { text: block('PUBLIC KEY'), fault: 'no-certificate', reason: 'another block' },
  {
    text: AMAZON_ROOT_CA_1 + block('CERTIFICATE'),
    fault: 'no-certificate',
    reason: 'a second certificate that is none is not left out in silence',
  },
])('refuses, as $fault: $reason', ({ text, fault }) => {
  expect(parseTrustFile(text)).toEqual({ ok: false, failure: fault });
});
