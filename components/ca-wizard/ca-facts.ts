import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { CaFacts } from './wizard-draft';

/** What the wizard keeps of the engine's facts. */
export function toCaFacts(facts: CertificateFacts): CaFacts {
  const { type, name, bits } = facts.publicKey;
  return {
    caId: facts.certificateId,
    subject: facts.subject.text,
    commonName: facts.subject.fields.commonName,
    isSelfIssued: facts.isSelfIssued,
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    keyName: type === 'RSA' ? `${name} ${bits}` : name,
    signatureAlgorithm: facts.signatureAlgorithm,
  };
}

/** Names for the files of a CA: what people call it, and the beginning of its id. */
export function caFileNames({ commonName, subject, caId }: CaFacts): { certificate: string; key: string } {
  const organization = /(?:^|, )O=([^,]+)/.exec(subject)?.[1];
  const stem = [fileStem(commonName ?? organization ?? ''), caId.slice(0, 8)].join('-');
  return { certificate: `${stem}.pem`, key: `${stem}.key.pem` };
}

/** What people call a CA, in the characters that every file system takes. */
export function fileStem(name: string): string {
  const stem = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, FILE_NAME_CHARACTERS_MAX);
  return stem || 'ca';
}

/** Leaves room for the id and the ending within what every file system takes. */
const FILE_NAME_CHARACTERS_MAX = 40;
