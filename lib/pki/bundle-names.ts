/**
 * File names that every file system takes and that still say whose they are.
 * @module
 */
import { shortCertificateId } from './certificate-id';

/** With the short id and the longest suffix a name stays far below the 143 bytes that eCryptfs leaves of 255. */
const STEM_CHARACTERS_MAX = 64;

/** Of the certificate id, where the name alone no longer tells devices apart: among a hundred thousand, none meets another by chance. */
const ID_DIGITS_OF_REDUCED = 16;

/** `key` is undefined where the device keeps its own key. */
export type BundleFileNames = {
  zip: string;
  key: string | undefined;
  certificate: string;
  chain: string;
  serverRoot: string;
  /** The root above the CA, for who verifies the device; undefined where the CA is the root or it is not known. */
  caRoot: string | undefined;
  readme: string;
  manifest: string;
};

/**
 * Common name and short certificate id, `DemoThing-1a2b3c4d`. The id tells two devices apart whose names differ only in case, and keeps
 * reserved names (`CON`, `NUL`) from standing alone. Names that lose characters may become one, like all that are not in Latin letters:
 * they get more of the id, for eight digits would be enough for a few thousand such devices only.
 */
export function fileStem(commonName: string | undefined, certificateId: string): string {
  const safe = (commonName ?? '')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    // No hidden files, no option lookalikes, no dots at the end (Windows drops them).
    .replace(/^[._-]+|[._-]+$/g, '')
    .slice(0, STEM_CHARACTERS_MAX);
  const isReduced = safe !== commonName;
  const id = isReduced ? certificateId.slice(0, ID_DIGITS_OF_REDUCED) : shortCertificateId(certificateId);
  return `${safe || 'device'}-${id}`;
}

export function bundleFileNames(
  commonName: string | undefined,
  certificateId: string,
  { hasKey, hasCaRoot = false }: { hasKey: boolean; hasCaRoot?: boolean },
): BundleFileNames {
  const stem = fileStem(commonName, certificateId);
  return {
    zip: `${stem}.zip`,
    key: hasKey ? `${stem}.key` : undefined,
    certificate: `${stem}.crt`,
    chain: `${stem}-chain.crt`,
    serverRoot: 'server-root.pem',
    caRoot: hasCaRoot ? 'device-ca-root.pem' : undefined,
    readme: 'README.txt',
    manifest: 'manifest.json',
  };
}
