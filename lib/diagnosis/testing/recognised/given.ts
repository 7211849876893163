/**
 * What files and lines show by themselves.
 * @module
 */
import { ABSENT } from '@/lib/diagnosis/known';
import {
  AWAY,
  aGiven,
  aLeaf,
  CA_ID,
  PENDING,
  type Recognised,
  see,
} from '@/lib/diagnosis/testing/example-facts';

export const GIVEN_RECOGNISED: readonly Recognised[] = [
  {
    mistake: 3,
    device: PENDING,
    facts: { leaf: aLeaf({ commonName: 'testThingC\\=US' }) },
    code: 'common-name-garbled',
    certainty: 'likely',
    reason: 'Git-Bash mangles -subj',
  },
  {
    mistake: 6,
    device: AWAY,
    facts: { given: aGiven({ certificateCount: 2, isCaFirst: true }) },
    code: 'chain-order',
    certainty: 'certain',
    reason: 'TLS wants the leaf first',
  },
  {
    mistake: 10,
    device: AWAY,
    facts: { ca: see(ABSENT), given: aGiven({ issuer: { saysCaTrue: false, caId: CA_ID } }) },
    code: 'ca-without-ca-true',
    certainty: 'certain',
    reason: 'RegisterCACertificate demands CA:TRUE',
  },
  {
    mistake: 11,
    device: AWAY,
    facts: { given: aGiven({ verification: { isSignedByCa: false } }) },
    code: 'verification-certificate-wrong',
    certainty: 'certain',
    reason: 'self-signed instead of signed by the CA',
  },
  {
    mistake: 11,
    device: AWAY,
    facts: { given: aGiven({ verification: { isSignedByCa: true } }), isRegistrationCode: see(false) },
    code: 'verification-certificate-wrong',
    certainty: 'certain',
    reason: 'the code of another Region',
  },
  {
    mistake: 25,
    device: AWAY,
    facts: { given: aGiven({ symptom: 'verification-certificate-demanded' }) },
    code: 'cli-too-old',
    certainty: 'likely',
    reason: 'SNI_ONLY needs none',
  },
  {
    mistake: 29,
    device: AWAY,
    facts: { given: aGiven({ region: 'us-east-1' }) },
    code: 'other-region',
    certainty: 'certain',
    reason: 'the registry is kept per Region',
  },
  {
    mistake: 29,
    device: AWAY,
    facts: { given: aGiven({ accountId: '210987654321' }) },
    code: 'other-account',
    certainty: 'certain',
    reason: 'and per account',
  },
];
