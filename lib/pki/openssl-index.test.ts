import { expect, it } from 'vitest';
import { parseOpensslIndex } from './openssl-index';

const INDEX = [
  'V\t330130120000Z\t\t0A1B\tunknown\t/CN=press-1',
  'R\t330130120000Z\t260101120000Z,keyCompromise\t00FF\tunknown\t/C=IN/CN=press-2',
  'E\t200130120000Z\t\t02\tunknown\t/CN=press-3',
].join('\r\n');

it('tells what a CA has issued and revoked', () => {
  expect(parseOpensslIndex(INDEX)).toEqual([
    { status: 'V', serial: 'a1b', name: '/CN=press-1' },
    { status: 'R', serial: 'ff', name: '/C=IN/CN=press-2' },
    { status: 'E', serial: '2', name: '/CN=press-3' },
  ]);
});

it.each([
  ['', 'nothing'],
  ['unique_subject = no\n', "Easy-RSA's index.txt.attr"],
  ['V 330130120000Z  01 unknown /CN=x', 'blanks in place of tabs'],
  ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', 'PEM'],
])('finds nothing in %j (%s)', (text) => {
  expect(parseOpensslIndex(text)).toEqual([]);
});
