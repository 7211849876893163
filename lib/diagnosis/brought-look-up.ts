/**
 * What a file that somebody brought leads to: of the device's certificate everything, of keys nothing.
 * @module
 */
import type { BundleReading } from '@/lib/pki/read-bundle';
import type { Recognised } from '@/lib/pki/recognise';
import {
  LOOK_UP_EACH_MAX,
  type LookUp,
  NAME_CHARACTERS_MAX,
  NO_GIVEN,
  NO_LOOK_UP,
  regionOfHost,
} from './look-up';

/** GetRegistrationCode gives 64 hex digits, which a verification certificate has as its common name. */
const REGISTRATION_CODE = /^[0-9a-f]{64}$/i;

export type BroughtFiles = {
  items: readonly Recognised[];
  bundle: BundleReading;
  /** Undefined: no issuer among what was brought. */
  isSignedByIssuer: boolean | undefined;
};

export function broughtLookUp({ items, bundle, isSignedByIssuer }: BroughtFiles): LookUp {
  const { leaf, issuer, chain, target } = bundle;
  if (leaf === undefined) return { ...NO_LOOK_UP, ...withoutLeaf(items) };
  const isVerification = REGISTRATION_CODE.test(leaf.facts.subject.fields.commonName ?? '');
  return {
    ...NO_LOOK_UP,
    certificatePem: leaf.pem,
    given: {
      ...NO_GIVEN,
      certificateCount: items.filter(({ kind }) => kind === 'certificate').length,
      isCaFirst: chain === 'issuer-first',
      issuer: issuer && { saysCaTrue: issuer.facts.isCa, caId: issuer.facts.certificateId },
      // What signed itself, nobody's CA has signed.
      verification: isVerification
        ? { isSignedByCa: leaf.facts.isSelfIssued ? false : isSignedByIssuer }
        : undefined,
      region: regionOfHost(target.host),
      host: target.host,
      clientId: target.clientId,
    },
  };
}

/** A CA's certificate is looked up as such; a signing request by the name that it asks for. */
function withoutLeaf(items: readonly Recognised[]): Partial<LookUp> {
  const caIds = items.flatMap((item) => (item.kind === 'certificate' ? [item.facts.certificateId] : []));
  const names = items.flatMap((item) => {
    const name = item.kind === 'csr' ? item.facts.subject.fields.commonName : undefined;
    return name === undefined || name === '' || name.length > NAME_CHARACTERS_MAX ? [] : [name];
  });
  return {
    caIds: [...new Set(caIds)].slice(0, LOOK_UP_EACH_MAX),
    names: [...new Set(names)].slice(0, LOOK_UP_EACH_MAX),
  };
}
