/**
 * Extensions as people read them; the words are OpenSSL's, which are the field's.
 * @module
 */
import { toHex } from './bytes';
import type { RawExtension } from './certificate-structure';
import { x509 } from './x509';

/** `value` is decoded where the extension is known, else hex; cut at {@link VALUE_CHARACTERS_MAX}. */
export type ExtensionFacts = { oid: string; name: string; critical: boolean; value: string };

/** Screens show a line or two; the rest is in the certificate itself. */
const VALUE_CHARACTERS_MAX = 512;

type Known = { name: string; decode?: (raw: RawExtension) => string };

const KNOWN: ReadonlyMap<string, Known> = new Map<string, Known>([
  [
    '2.5.29.14',
    { name: 'subjectKeyIdentifier', decode: ({ der }) => new x509.SubjectKeyIdentifierExtension(der).keyId },
  ],
  ['2.5.29.15', { name: 'keyUsage', decode: keyUsage }],
  ['2.5.29.17', { name: 'subjectAltName', decode: subjectAltName }],
  ['2.5.29.18', { name: 'issuerAltName' }],
  ['2.5.29.19', { name: 'basicConstraints', decode: basicConstraints }],
  ['2.5.29.30', { name: 'nameConstraints' }],
  ['2.5.29.31', { name: 'crlDistributionPoints' }],
  [
    '2.5.29.32',
    {
      name: 'certificatePolicies',
      decode: ({ der }) => new x509.CertificatePolicyExtension(der).policies.join(', '),
    },
  ],
  [
    '2.5.29.35',
    {
      name: 'authorityKeyIdentifier',
      decode: ({ der }) => new x509.AuthorityKeyIdentifierExtension(der).keyId ?? '',
    },
  ],
  ['2.5.29.37', { name: 'extKeyUsage', decode: extKeyUsage }],
  ['1.3.6.1.5.5.7.1.1', { name: 'authorityInfoAccess' }],
  ['2.16.840.1.113730.1.1', { name: 'nsCertType' }],
  [
    '2.16.840.1.113730.1.13',
    { name: 'nsComment', decode: ({ value }) => new TextDecoder().decode(value.slice(2)) },
  ],
]);

export function extensionFacts(raw: RawExtension): ExtensionFacts {
  const known: Known | undefined = KNOWN.get(raw.oid);
  return {
    oid: raw.oid,
    name: known?.name ?? raw.oid,
    critical: raw.critical,
    value: (decode(known, raw) || toHex(raw.value)).slice(0, VALUE_CHARACTERS_MAX),
  };
}

/** A known extension with strange contents is shown as hex rather than refused. */
function decode(known: Known | undefined, raw: RawExtension): string {
  try {
    return known?.decode?.(raw) ?? '';
  } catch {
    return '';
  }
}

function basicConstraints({ der }: RawExtension): string {
  const { ca, pathLength } = new x509.BasicConstraintsExtension(der);
  return `CA:${ca ? 'TRUE' : 'FALSE'}${pathLength === undefined ? '' : `, pathlen:${pathLength}`}`;
}

const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

function keyUsage({ der }: RawExtension): string {
  const { usages } = new x509.KeyUsagesExtension(der);
  // Bit n of the flags is bit n of RFC 5280 §4.2.1.3.
  return KEY_USAGES.filter((_, bit) => Math.floor(usages / 2 ** bit) % 2 === 1).join(', ');
}

const PURPOSES: ReadonlyMap<string, string> = new Map([
  ['1.3.6.1.5.5.7.3.1', 'serverAuth'],
  ['1.3.6.1.5.5.7.3.2', 'clientAuth'],
  ['1.3.6.1.5.5.7.3.3', 'codeSigning'],
  ['1.3.6.1.5.5.7.3.4', 'emailProtection'],
  ['1.3.6.1.5.5.7.3.8', 'timeStamping'],
  ['1.3.6.1.5.5.7.3.9', 'OCSPSigning'],
]);

function extKeyUsage({ der }: RawExtension): string {
  const { usages } = new x509.ExtendedKeyUsageExtension(der);
  return usages.map((usage) => PURPOSES.get(String(usage)) ?? String(usage)).join(', ');
}

const NAME_TYPES: Record<string, string> = {
  dns: 'DNS',
  ip: 'IP',
  email: 'email',
  url: 'URI',
  dn: 'DirName',
};

function subjectAltName({ der }: RawExtension): string {
  const { names } = new x509.SubjectAlternativeNameExtension(der);
  return names.items.map(({ type, value }) => `${NAME_TYPES[type] ?? type}:${value}`).join(', ');
}
