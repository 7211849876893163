/**
 * What is in a device's bundle, whoever made it: its certificate and CA, whether the key belongs to it, what it trusts, where it
 * connects. Keys are used where they are and never part of the answer.
 * @module
 */
import { certificateSigner } from './certificate-signer';
import { decodeText } from './decode-text';
import { keyMatchesCertificate } from './key-match';
import { type PrivateKeyFault, readPrivateKey } from './private-key';
import { type BundleTarget, readBundleTarget } from './read-bundle-target';
import { type Recognised, recognise } from './recognise';

export type BundleInput = { name: string; bytes: Uint8Array };

export type BundleCertificate = { file: string } & Omit<Extract<Recognised, { kind: 'certificate' }>, 'kind'>;

/** `differs`: a key of another certificate; `unusable`: one that cannot be read, or is too short. */
export type BundleKey = 'absent' | 'matches' | 'differs' | 'encrypted' | 'unusable';

export type BundleReading = {
  /** Undefined: no certificate of a device is in it. */
  leaf: BundleCertificate | undefined;
  /** The certificate that the leaf's signature verifies with, else one that has the name of its issuer. */
  issuer: BundleCertificate | undefined;
  key: BundleKey;
  /** The issuer's private key is in it, which no device may have. */
  hasIssuerKey: boolean;
  /** Whether a file has the device's certificate with the CA's behind it, as TLS wants them (RFC 8446 section 4.4.2). */
  chain: 'leaf-first' | 'issuer-first' | 'absent';
  /** Roots for the server: certificates of CAs that are not the device's. */
  serverRoots: BundleCertificate[];
  target: BundleTarget;
};

type Content = { name: string; bytes: Uint8Array; items: readonly Recognised[] };

/** Total: what cannot be read is left out. */
export async function readBundle(files: readonly BundleInput[], crypto: Crypto): Promise<BundleReading> {
  const contents = await Promise.all(
    files.map(async ({ name, bytes }): Promise<Content> => {
      const read = await recognise(bytes, crypto);
      return { name, bytes, items: read.ok ? read.value : [] };
    }),
  );
  const target = readBundleTarget(textsOf(contents));
  const certificates = distinct(contents.flatMap(certificatesIn));
  const leaf = leafAmong(certificates, target.certificateId);
  const issuer = leaf && (await issuerAmong(certificates, leaf, crypto));
  const keys = contents.filter(({ items }) => items.some(isKey));
  return {
    leaf,
    issuer,
    key: leaf === undefined ? 'absent' : await keyAmong(keys, leaf.pem, crypto),
    hasIssuerKey: issuer !== undefined && (await keyAmong(keys, issuer.pem, crypto)) === 'matches',
    chain: leaf === undefined || issuer === undefined ? 'absent' : chainAmong(contents, leaf, issuer),
    serverRoots: certificates.filter(
      ({ facts }) =>
        facts.isCa &&
        facts.certificateId !== issuer?.facts.certificateId &&
        facts.subject.text !== issuer?.facts.issuer.text,
    ),
    target,
  };
}

const isKey = ({ kind }: Recognised): boolean => kind === 'private-key' || kind === 'unsupported';

function certificatesIn({ name, items }: Content): BundleCertificate[] {
  return items.flatMap((item) =>
    item.kind === 'certificate' ? [{ file: name, pem: item.pem, facts: item.facts }] : [],
  );
}

function distinct(certificates: readonly BundleCertificate[]): BundleCertificate[] {
  return [
    ...new Map(certificates.toReversed().map((each) => [each.facts.certificateId, each])).values(),
  ].reverse();
}

/** The manifest's, else the first that is no CA's: a version 1 certificate, as OpenSSL makes by default, never says that it is one. */
function leafAmong(
  certificates: readonly BundleCertificate[],
  certificateId: string | undefined,
): BundleCertificate | undefined {
  const named = certificates.find(({ facts }) => facts.certificateId === certificateId);
  if (named !== undefined) return named;
  const others = certificates.filter(({ facts }) => !facts.isCa);
  return others.find(({ facts }) => !facts.isSelfIssued) ?? others[0];
}

async function issuerAmong(
  certificates: readonly BundleCertificate[],
  leaf: BundleCertificate,
  crypto: Crypto,
): Promise<BundleCertificate | undefined> {
  const named = certificates.filter(
    (each) => each !== leaf && each.facts.subject.text === leaf.facts.issuer.text,
  );
  const signer = await certificateSigner(
    leaf.pem,
    named.map(({ pem }) => pem),
    crypto,
  );
  return named.find(({ pem }) => pem === signer) ?? named[0];
}

function chainAmong(
  contents: readonly Content[],
  leaf: BundleCertificate,
  issuer: BundleCertificate,
): BundleReading['chain'] {
  const orders = contents.map((content) => {
    const ids = certificatesIn(content).map(({ facts }) => facts.certificateId);
    const [at, behind] = [ids.indexOf(leaf.facts.certificateId), ids.indexOf(issuer.facts.certificateId)];
    if (at < 0 || behind < 0) return 'absent';
    return at < behind ? 'leaf-first' : 'issuer-first';
  });
  return (
    orders.find((order) => order === 'leaf-first') ?? orders.find((order) => order !== 'absent') ?? 'absent'
  );
}

/** The best that any of the key files is to the certificate. */
async function keyAmong(
  files: readonly Content[],
  certificatePem: string,
  crypto: Crypto,
): Promise<BundleKey> {
  const found = await Promise.all(files.map(({ bytes }) => judgeKey(bytes, certificatePem, crypto)));
  const best = (['matches', 'encrypted', 'differs', 'unusable'] as const).find((key) => found.includes(key));
  return best ?? 'absent';
}

async function judgeKey(bytes: Uint8Array, certificatePem: string, crypto: Crypto): Promise<BundleKey> {
  const key = await readPrivateKey(bytes, { extractable: false }, crypto);
  if (!key.ok) return isLocked(key.failure) ? 'encrypted' : 'unusable';
  const matches = await keyMatchesCertificate(key.value, certificatePem, crypto);
  return matches.ok && matches.value ? 'matches' : 'differs';
}

const isLocked = ({ kind }: PrivateKeyFault): boolean => kind === 'passphrase-needed';

/** Of text files only: the words around PEM blocks are nothing we look at. */
const textsOf = (contents: readonly Content[]): string[] =>
  contents.flatMap(({ bytes, items }) => {
    if (items.some(isKey)) return [];
    const text = decodeText(bytes);
    return typeof text === 'string' ? [text] : [];
  });
