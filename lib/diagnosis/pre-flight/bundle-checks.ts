/**
 * What a bundle says of itself, judged in the page: the part that has to do with keys.
 * @module
 */
import type { BundleKey, BundleReading } from '@/lib/pki/read-bundle';
import { type CheckState, check, type PreFlightCheck, type PreFlightCode } from './check';

const KEY: Record<BundleKey, readonly [CheckState, PreFlightCode]> = {
  matches: ['pass', 'key-matches'],
  differs: ['fail', 'key-differs'],
  // A device may keep its own key; then nobody can look.
  absent: ['unseen', 'key-absent'],
  encrypted: ['unseen', 'key-encrypted'],
  unusable: ['fail', 'key-unusable'],
};

const CHAIN: Record<BundleReading['chain'], readonly [CheckState, PreFlightCode]> = {
  'leaf-first': ['pass', 'chain-leaf-first'],
  'issuer-first': ['fail', 'chain-issuer-first'],
  // AWS finds the CA without it where the device sends the endpoint's name (SNI).
  absent: ['note', 'chain-absent'],
};

/** Without a certificate there is nothing more to look at. */
export function bundleChecks(bundle: BundleReading): PreFlightCheck[] {
  const { leaf, key, hasIssuerKey, chain } = bundle;
  if (leaf === undefined) return [check('certificate', 'fail', 'certificate-missing')];
  const name = leaf.facts.subject.fields.commonName ?? leaf.facts.subject.text;
  return [
    check('certificate', 'pass', 'certificate-found', { name, id: leaf.facts.shortId }),
    hasIssuerKey ? check('key', 'fail', 'issuer-key-inside') : check('key', ...KEY[key]),
    check('chain', ...CHAIN[chain]),
  ];
}
