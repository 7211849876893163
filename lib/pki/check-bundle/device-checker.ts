/**
 * Whether the files of one device are what the manifest says and fit each other: certificate, key, chain, and the CA's template.
 * @module
 */
import { type Bytes, equalBytes } from '@/lib/pki/bytes';
import { readCertificate } from '@/lib/pki/certificate';
import { checkChain, saysCaTrue } from '@/lib/pki/check-chain';
import { decodeText } from '@/lib/pki/decode-text';
import { sha256Hex } from '@/lib/pki/digest';
import { parsePem } from '@/lib/pki/pem';
import { isLockedFile, type UnlockedFile } from './locked-file';
import { type LeafCertificate, readLeaf } from './read-leaf';
import { IssuerKey, isKeyPair } from './verify-signature';

/** What the manifest says of a device; ids and numbers are hex, lower-case. */
export type ListedDevice = { commonName: string; serialNumber: string; certificateId: string };
export type BundleFile = { name: string; content: Bytes };

/** `file` is where it shows; dates are ISO 8601. */
export type DeviceCheckFault =
  | { kind: 'certificate-unreadable'; file: string }
  /** Another certificate than the manifest's, or another name or number in it. */
  | { kind: 'certificate-differs'; file: string }
  | { kind: 'key-differs'; file: string }
  /** The chain does not begin with the device's certificate, or a link of it does not hold. */
  | { kind: 'chain-wrong'; file: string }
  /** PKCS #12 with other certificates behind the device's own than its chain file, or with none. */
  | { kind: 'chain-differs'; file: string }
  /** Not signed by the CA that the batch was issued under. */
  | { kind: 'issuer-differs'; file: string }
  | { kind: 'expired'; notAfter: string }
  | { kind: 'not-yet-valid'; notBefore: string };

/** `locked`: only under a passphrase that is not known; `none`: the device keeps its own, or its key stands in firmware sources that are not taken apart. */
export type CheckedKey = 'matches' | 'differs' | 'locked' | 'none';

export type CheckedDevice = {
  faults: DeviceCheckFault[];
  key: CheckedKey;
  /** Undefined where no file is a certificate that can be looked into. */
  leaf: LeafCertificate | undefined;
  /** Whether somebody is known who could have signed it. */
  isIssuerKnown: boolean;
};

type Issuers = { isWhole: boolean; first: Bytes | undefined; key: IssuerKey | undefined };

export class DeviceChecker {
  readonly #ca: Bytes | undefined;
  readonly #crypto: Crypto;
  readonly #now: Date;
  /** What stands behind the leaves, by its text: the same for all devices of a batch. */
  readonly #issuers = new Map<string, Promise<Issuers>>();
  readonly #caKey: IssuerKey | undefined;

  /** @param caPem of the CA that the ledger names; undefined where none is known: then the chain speaks for itself */
  constructor(caPem: string | undefined, { crypto, now }: { crypto: Crypto; now: Date }) {
    const ca = caPem === undefined ? undefined : readCertificate(caPem);
    this.#ca = ca?.ok ? new Uint8Array(ca.value.rawData) : undefined;
    this.#caKey = this.#ca && issuerKey(this.#ca, crypto);
    this.#crypto = crypto;
    this.#now = now;
  }

  /**
   * @param files of the device, as the manifest has them; those that are no certificate and no key are passed over
   * @param unlocked those of them that were opened
   */
  async check(
    listed: ListedDevice,
    files: readonly BundleFile[],
    unlocked: readonly UnlockedFile[] = [],
  ): Promise<CheckedDevice> {
    const faults: DeviceCheckFault[] = [];
    const certificates: { file: string; chain: Bytes[] }[] = [];
    for (const { name, content } of files) {
      if (!/\.(crt|cer)$/.test(name)) continue;
      const chain = certificatesIn(content);
      if (chain === undefined) faults.push({ kind: 'certificate-unreadable', file: name });
      else certificates.push({ file: name, chain });
    }
    const issuersIds = certificates
      .find(({ chain }) => chain.length > 1)
      ?.chain.slice(1)
      .map(sha256Hex)
      .join();
    for (const { file, certificates: held } of unlocked) {
      if (held === undefined) continue;
      const chain = chainOf(held, listed.certificateId);
      if (chain === undefined) faults.push({ kind: 'certificate-unreadable', file });
      else {
        certificates.push({ file, chain });
        const ids = chain.slice(1).map(sha256Hex).join();
        if (ids === '' || ids !== (issuersIds ?? ids)) faults.push({ kind: 'chain-differs', file });
      }
    }
    const leaves = certificates.map(({ file, chain }) => ({ file, der: chain[0] ?? new Uint8Array() }));
    for (const { file, der } of leaves) {
      if (sha256Hex(der) !== listed.certificateId) faults.push({ kind: 'certificate-differs', file });
    }
    const own = leaves.find(({ der }) => sha256Hex(der) === listed.certificateId);
    const leaf = own && readLeaf(own.der);
    if (own === undefined || leaf === undefined) {
      return { faults, key: lockedKey(files) ?? 'none', leaf: undefined, isIssuerKnown: false };
    }
    const isNamed =
      (leaf.subject.commonName ?? '') === listed.commonName && leaf.serialHex === listed.serialNumber;
    if (!isNamed) faults.push({ kind: 'certificate-differs', file: own.file });
    if (this.#now > leaf.notAfter) faults.push({ kind: 'expired', notAfter: leaf.notAfter.toISOString() });
    if (this.#now < leaf.notBefore)
      faults.push({ kind: 'not-yet-valid', notBefore: leaf.notBefore.toISOString() });

    const signers: IssuerKey[] = this.#caKey === undefined ? [] : [this.#caKey];
    for (const { file, chain } of certificates) {
      if (chain.length < 2) continue;
      const issuers = await this.#issuersOf(chain.slice(1));
      const isOther = this.#ca !== undefined && !equalBytes(issuers.first ?? new Uint8Array(), this.#ca);
      if (isOther) faults.push({ kind: 'issuer-differs', file });
      if (!issuers.isWhole) faults.push({ kind: 'chain-wrong', file });
      if (issuers.key !== undefined && this.#caKey === undefined) signers.push(issuers.key);
    }
    for (const signer of signers.slice(0, 1)) {
      if (!(await signer.hasSigned(leaf))) {
        faults.push({ kind: this.#ca === undefined ? 'chain-wrong' : 'issuer-differs', file: own.file });
      }
    }
    const key = await this.#checkKeys(files, unlocked, { leaf, faults });
    return { faults: distinct(faults), key, leaf, isIssuerKnown: signers.length > 0 };
  }

  async #checkKeys(
    files: readonly BundleFile[],
    unlocked: readonly UnlockedFile[],
    { leaf, faults }: { leaf: LeafCertificate; faults: DeviceCheckFault[] },
  ): Promise<CheckedKey> {
    let found: CheckedKey | undefined;
    const plain = files.map(({ name, content }) => ({ name, pkcs8: keyIn(name, content) }));
    const opened = unlocked.map(({ file, key }) => ({ name: file, pkcs8: key }));
    for (const { name, pkcs8 } of [...plain, ...opened]) {
      if (pkcs8 === undefined) continue;
      if (await isKeyPair(pkcs8, leaf.publicKeyInfo, this.#crypto)) found ??= 'matches';
      else {
        found = 'differs';
        faults.push({ kind: 'key-differs', file: name });
      }
      pkcs8.fill(0);
    }
    return found ?? lockedKey(files) ?? 'none';
  }

  #issuersOf(chain: readonly Bytes[]): Promise<Issuers> {
    const text = chain.map(sha256Hex).join();
    const known = this.#issuers.get(text) ?? this.#judgeIssuers(chain);
    this.#issuers.set(text, known);
    return known;
  }

  /** Every certificate behind the leaf is a CA's and signed by the next one. */
  async #judgeIssuers(chain: readonly Bytes[]): Promise<Issuers> {
    const context = { crypto: this.#crypto, now: this.#now };
    let isWhole = true;
    for (const [index, der] of chain.entries()) {
      const certificate = readCertificate(der);
      if (!certificate.ok || !saysCaTrue(certificate.value)) isWhole = false;
      const ca = chain[index + 1];
      if (ca === undefined) continue;
      const link = await checkChain({ leaf: der, ca }, context);
      if (!link.ok || link.value.length > 0) isWhole = false;
    }
    const [first] = chain;
    return { isWhole, first, key: first && issuerKey(first, this.#crypto) };
  }
}

function issuerKey(der: Bytes, crypto: Crypto): IssuerKey | undefined {
  const certificate = readLeaf(der);
  return certificate && new IssuerKey(certificate.publicKeyInfo, crypto);
}

/** @returns undefined where the file has none that is whole */
function certificatesIn(content: Bytes): Bytes[] | undefined {
  const text = decodeText(content);
  if (typeof text !== 'string') return readLeaf(content) === undefined ? undefined : [content];
  const blocks = parsePem(text);
  if (!blocks.ok) return undefined;
  const found = blocks.value.filter(({ label }) => label === 'CERTIFICATE').map(({ der }) => der);
  return found.length === 0 || found.some((der) => readLeaf(der) === undefined) ? undefined : found;
}

/** The unencrypted key of a file that is called so; a file that is none of that kind is an empty key, which fits nothing. */
function keyIn(name: string, content: Bytes): Bytes | undefined {
  if (name.endsWith('.key.der')) return content.slice();
  if (!name.endsWith('.key') || name.endsWith('.encrypted.key')) return undefined;
  const text = decodeText(content);
  const blocks = typeof text === 'string' ? parsePem(text) : undefined;
  return blocks?.ok
    ? (blocks.value.find(({ label }) => label === 'PRIVATE KEY')?.der ?? new Uint8Array())
    : new Uint8Array();
}

/**
 * Leaf first, then who signed it, and so on: the bags of PKCS #12 have no order. What does not follow stays at the end.
 * @returns undefined where one of them cannot be read
 */
function chainOf(certificates: readonly Bytes[], certificateId: string): Bytes[] | undefined {
  const left = certificates.map((der) => ({ der, certificate: readLeaf(der) }));
  const own = left.find(({ der }) => sha256Hex(der) === certificateId) ?? left[0];
  const chain: Bytes[] = [];
  for (let next = own; next !== undefined; ) {
    const { der, certificate } = next;
    if (certificate === undefined) return undefined;
    chain.push(der);
    left.splice(left.indexOf(next), 1);
    next =
      left.find(({ certificate: other }) => other && equalBytes(other.subjectName, certificate.issuerName)) ??
      left[0];
  }
  return chain.length === 0 ? undefined : chain;
}

function lockedKey(files: readonly BundleFile[]): CheckedKey | undefined {
  return files.some(({ name }) => isLockedFile(name)) ? 'locked' : undefined;
}

function distinct(faults: readonly DeviceCheckFault[]): DeviceCheckFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}
