/**
 * What can be seen in the files and lines that a person brings.
 * @module
 */
import { isAbsent, knownValue, presentOf } from '@/lib/diagnosis/known';
import { NONE, reading, rules, stageOf } from './reading';

export const GIVEN_RULES = rules(
  {
    code: 'chain-order',
    mistake: 6,
    rung: 'contact',
    weight: 'blocks',
    who: 'device-owner',
    remedy: ['leaf-first'],
    // TLS: the sender's own certificate comes first (RFC 8446 §4.4.2).
    read({ given }) {
      return knownValue(given)?.isCaFirst ? reading('certain', ['given']) : NONE;
    },
  },
  {
    code: 'common-name-garbled',
    mistake: 3,
    rung: 'thing',
    weight: 'blocks',
    who: 'engineer',
    remedy: ['issue-with-console'],
    // Git-Bash turns `/CN=x/C=US` into a path; `//CN=x\C=US` then ends up as one attribute.
    read(facts) {
      const commonName = knownValue(facts.leaf)?.commonName ?? '';
      if (!/[\\=]/.test(commonName) || stageOf(facts) === 'active') return NONE;
      return reading('likely', ['leaf'], { commonName });
    },
  },
  {
    code: 'ca-without-ca-true',
    mistake: 10,
    rung: 'contact',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['recreate-ca', 'register-ca', 'issue-again'],
    // RegisterCACertificate demands basicConstraints CA:TRUE; a CA that AWS has must have had it.
    read({ given, ca, issuers }) {
      if (knownValue(given)?.issuer?.saysCaTrue !== false) return NONE;
      const basis = ['given', 'ca', 'issuers'] as const;
      if (isAbsent(ca) || knownValue(issuers)?.length === 0) return reading('certain', basis);
      return presentOf(ca) === undefined ? reading('likely', basis) : NONE;
    },
  },
  {
    code: 'verification-certificate-wrong',
    mistake: 11,
    rung: 'contact',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['sign-verification-again'],
    read({ given, isRegistrationCode }) {
      const verification = knownValue(given)?.verification;
      if (verification === undefined) return NONE;
      if (verification.isSignedByCa === false) return reading('certain', ['given'], { reason: 'notSigned' });
      return knownValue(isRegistrationCode) === false
        ? reading('certain', ['given', 'isRegistrationCode'], { reason: 'otherCode' })
        : NONE;
    },
  },
  {
    code: 'cli-too-old',
    mistake: 25,
    rung: 'contact',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['update-cli'],
    read({ given }) {
      const isDemanded = knownValue(given)?.symptom === 'verification-certificate-demanded';
      return isDemanded ? reading('likely', ['given']) : NONE;
    },
  },
  {
    code: 'other-region',
    mistake: 29,
    rung: 'contact',
    weight: 'blocks',
    who: 'engineer',
    remedy: ['connect-to-region', 'look-in-region', 'register-ca-sni-only'],
    // The registry is kept per account and Region.
    read({ given, environment }) {
      const asked = knownValue(environment)?.region;
      const found = knownValue(given)?.region;
      if (asked === undefined || found === undefined || asked === found) return NONE;
      return reading('certain', ['given', 'environment'], { found, asked });
    },
  },
  {
    code: 'other-account',
    mistake: 29,
    rung: 'contact',
    weight: 'blocks',
    who: 'engineer',
    remedy: ['look-in-region', 'register-ca-sni-only'],
    read({ given, environment }) {
      const asked = knownValue(environment)?.accountId;
      const found = knownValue(given)?.accountId;
      if (asked === undefined || found === undefined || asked === found) return NONE;
      return reading('certain', ['given', 'environment'], { found, asked });
    },
  },
);
