/**
 * What a device bundle holds besides its key: certificate, chain, server root, README and manifest, as texts.
 * @module
 */

import { type BundleFileNames, bundleFileNames } from './bundle-names';
import { toHex } from './bytes';
import { type ConnectCommands, connectCommands, EXPECTED_DROP } from './connect-commands';
import type { CertificateFacts } from './inspect-certificate';

export type BundleFile = { name: string; text: string };

/** Sentences of the README in the person's language; the commands between them are literals. */
export type ReadmeWords = {
  title: string;
  firstConnect: string;
  expectedDrop: string;
  subscribe: string;
  publish: string;
  /** Shown where the device keeps its own key: which file name to put in place. */
  ownKey: string;
  /** Shown where the CA stands below another: what the device sends, and what the root is for. */
  hierarchy: string;
};

export type BundleTarget = {
  host: string;
  port: number;
  thingName: string;
  /** PEM that the device trusts: from the environment's trust file or the shipped Amazon roots, never from the peer. */
  serverRootPem: string;
  words: ReadmeWords;
};

export type BundleParts = {
  leaf: CertificateFacts;
  leafPem: string;
  ca: CertificateFacts;
  caPem: string;
  /** Above the CA: intermediates nearest first, the root apart, and the ids of all of them in their order. */
  above: { intermediates: readonly string[]; root: string | undefined; ids: readonly string[] };
  /** PKCS#8 PEM; undefined where the device keeps its own key. */
  keyPem: string | undefined;
};

/** The names in the bundle of a certificate: known as soon as the certificate is. */
export function namesFor(
  leaf: CertificateFacts,
  has: { hasKey: boolean; hasCaRoot: boolean },
): BundleFileNames {
  return bundleFileNames(leaf.subject.fields.commonName, leaf.certificateId, has);
}

/** All files in the order they are shown; the manifest comes last because it has the digests of the others. */
export async function bundleFiles(
  parts: BundleParts,
  target: BundleTarget,
  crypto: Crypto,
): Promise<BundleFile[]> {
  const { above } = parts;
  const has = { hasKey: parts.keyPem !== undefined, hasCaRoot: above.root !== undefined };
  const names = namesFor(parts.leaf, has);
  const commands = connectCommands({ ...target, fileNames: names });
  const files: BundleFile[] = [
    ...(names.key && parts.keyPem ? [{ name: names.key, text: parts.keyPem }] : []),
    { name: names.certificate, text: parts.leafPem },
    // The leaf first: that is the order of TLS (RFC 8446 §4.4.2).
    { name: names.chain, text: [parts.leafPem, parts.caPem, ...above.intermediates].join('') },
    ...(names.caRoot && above.root ? [{ name: names.caRoot, text: above.root }] : []),
    { name: names.serverRoot, text: target.serverRootPem },
    { name: names.readme, text: readme(commands, target.words, { ...has, isBelow: above.ids.length > 0 }) },
  ];
  return [...files, { name: names.manifest, text: await manifest(parts, target, files, crypto) }];
}

function readme(
  commands: ConnectCommands,
  words: ReadmeWords,
  { hasKey, isBelow }: { hasKey: boolean; isBelow: boolean },
): string {
  const paragraphs = [
    words.title,
    ...(hasKey ? [] : [words.ownKey]),
    ...(isBelow ? [words.hierarchy] : []),
    words.firstConnect,
    commands.firstConnect,
    words.expectedDrop,
    EXPECTED_DROP,
    words.subscribe,
    commands.subscribe,
    words.publish,
    commands.publish,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** For machines that unpack bundles on a line: JSON, `manifestVersion` 1, dates ISO 8601, digests lower-case hex. */
async function manifest(
  { leaf, ca, above }: BundleParts,
  { host, port, thingName }: BundleTarget,
  files: BundleFile[],
  crypto: Crypto,
): Promise<string> {
  const digests = await Promise.all(
    files.map(async ({ name, text }) => ({ name, sha256: await sha256(text, crypto) })),
  );
  const content = {
    manifestVersion: 1,
    commonName: leaf.subject.fields.commonName ?? null,
    thingName,
    subject: leaf.subject.text,
    serialNumber: leaf.serialHex,
    certificateId: leaf.certificateId,
    caCertificateId: ca.certificateId,
    /** What stands above that CA, nearest first. */
    issuerCertificateIds: above.ids,
    notBefore: leaf.notBefore,
    notAfter: leaf.notAfter,
    endpoint: host,
    port,
    files: digests,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

async function sha256(text: string, crypto: Crypto): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
