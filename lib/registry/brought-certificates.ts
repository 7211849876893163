/**
 * Which device certificates are in the files that a person brings, and how each can be registered.
 * @module
 */
import { certificateSigner } from '@/lib/pki/certificate-signer';
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { IndexEntry } from '@/lib/pki/openssl-index';
import type { Recognised } from '@/lib/pki/recognise';

/** A CA that AWS has, or one whose certificate was among the files. */
export type KnownCa = { caId: string; name: string; certificatePem: string };

/** A file as far as it could be recognised. */
export type ReadFile = { name: string; items: readonly Recognised[] };

/**
 * `expired`: AWS refuses it; `revoked`: its CA has taken it back, says the index beside it; `no-ca`: no CA that is known here signed
 * it, so that it can only be registered on its own.
 */
export type BroughtState = 'ready' | 'expired' | 'not-yet-valid' | 'revoked' | 'no-ca';

export type BroughtCertificate = {
  certificateId: string;
  fileName: string;
  pem: string;
  name: string;
  subject: string;
  notAfter: string;
  ca: KnownCa | undefined;
  state: BroughtState;
};

/** More than this is a fleet, which comes by just-in-time registration. Our choice. */
export const BROUGHT_MAX = 500;

/**
 * Each certificate once, in the order of the files; certificates of CAs are no devices'.
 *
 * @param cas - what AWS has; CA certificates among the files are added to it
 */
export async function broughtCertificates(
  files: readonly ReadFile[],
  cas: readonly KnownCa[],
  index: readonly IndexEntry[],
  { crypto, nowMs }: { crypto: Crypto; nowMs: number },
): Promise<BroughtCertificate[]> {
  const found = files.flatMap(({ name, items }) =>
    items.flatMap((item) =>
      item.kind === 'certificate' ? [{ fileName: name, pem: item.pem, facts: item.facts }] : [],
    ),
  );
  const known = new Map(cas.map((ca) => [ca.caId, ca]));
  for (const { pem, facts } of found.filter(({ facts: each }) => isOfCa(each))) {
    if (known.has(facts.certificateId)) continue;
    known.set(facts.certificateId, { caId: facts.certificateId, name: nameOf(facts), certificatePem: pem });
  }
  const devices = new Map(
    found.filter(({ facts }) => !isOfCa(facts)).map((each) => [each.facts.certificateId, each]),
  );
  return Promise.all(
    [...devices.values()].slice(0, BROUGHT_MAX).map(async ({ fileName, pem, facts }) => {
      const ca = await caOf(pem, [...known.values()], crypto);
      return {
        certificateId: facts.certificateId,
        fileName,
        pem,
        name: nameOf(facts),
        subject: facts.subject.text,
        notAfter: facts.notAfter,
        ca,
        state: stateOf(facts, ca, index, nowMs),
      };
    }),
  );
}

/** A version 1 certificate of a CA does not say that it is one, but that it has signed itself. */
const isOfCa = ({ isCa, isSelfIssued, version }: CertificateFacts): boolean =>
  isCa || (version === 1 && isSelfIssued);

const nameOf = ({ subject }: CertificateFacts): string => subject.fields.commonName ?? subject.text;

async function caOf(pem: string, cas: readonly KnownCa[], crypto: Crypto): Promise<KnownCa | undefined> {
  const signer = await certificateSigner(
    pem,
    cas.map(({ certificatePem }) => certificatePem),
    crypto,
  );
  return cas.find(({ certificatePem }) => certificatePem === signer);
}

function stateOf(
  { serialHex, subject, notBefore, notAfter }: CertificateFacts,
  ca: KnownCa | undefined,
  index: readonly IndexEntry[],
  nowMs: number,
): BroughtState {
  const serial = serialHex.replace(/^0+(?=.)/, '');
  // Indexes of two CAs may share a number; the name tells them apart.
  const isRevoked = index.some(
    (entry) =>
      entry.status === 'R' &&
      entry.serial === serial &&
      (subject.fields.commonName === undefined || entry.name.includes(subject.fields.commonName)),
  );
  if (isRevoked) return 'revoked';
  if (Date.parse(notAfter) < nowMs) return 'expired';
  if (Date.parse(notBefore) > nowMs) return 'not-yet-valid';
  return ca === undefined ? 'no-ca' : 'ready';
}
