import { expect, it } from 'vitest';
import { settingsOf } from './batch-facts';

const STORED = {
  keyOrigin: 'console',
  algorithm: 'P-256',
  validityDays: 30,
  formats: ['pem', 'pkcs12'],
  pkcs12Mac: 'SHA-256',
  layout: 'flat',
  passphraseRule: 'own',
};
const namesOf = (stored: object) => settingsOf(stored).map(({ name }) => name);

it.each([
  ['of keys that are made here', STORED, ['algorithm', 'pkcs12Mac']],
  [
    'of keys that devices brought, which have an algorithm of their own',
    { ...STORED, keyOrigin: 'device' },
    ['pkcs12Mac'],
  ],
  ['without PKCS #12', { ...STORED, formats: ['pem'] }, ['algorithm']],
  [
    'of an older row, which did not say what it has',
    { algorithm: 'P-256', pkcs12Mac: 'SHA-1' },
    ['algorithm', 'pkcs12Mac'],
  ],
])('a batch %s shows the settings that had an effect', (_, stored, shown) => {
  expect(namesOf(stored).filter((name) => name === 'algorithm' || name === 'pkcs12Mac')).toEqual(shown);
});
