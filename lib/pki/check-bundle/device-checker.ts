/**
 * Whether the files of one device are what the manifest says and fit each other: certificate, key, chain, and the CA's template.
 * @module
 */
import { type Bytes, equalBytes, utf8Bytes } from '@/lib/pki/bytes';
import { readCertificate } from '@/lib/pki/certificate';
import { checkChain, saysCaTrue } from '@/lib/pki/check-chain';
import { decodeText } from '@/lib/pki/decode-text';
import { sha256Hex, sha256HexOf } from '@/lib/pki/digest';
import { parsePem } from '@/lib/pki/pem';
import { type CertificateChain, CertificateFiles, inOrder, type ReadCertificate } from './certificate-files';
import { isLockedFile, type UnlockedFile } from './locked-file';
import type { LeafCertificate } from './read-leaf';
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

type Issuers = {
  /** Every certificate behind the leaf is a CA's and signed by the next one. */
  isWhole: boolean;
  /** The first is another one than the CA that the ledger names. */
  isOther: boolean;
  key: IssuerKey | undefined;
};
type FoundChain = CertificateChain & { file: string };

/** A batch has one; what a hostile one makes of it stays small. */
const ISSUERS_KEPT_MAX = 16;

export class DeviceChecker {
  readonly #ca: ReadCertificate | undefined;
  readonly #crypto: Crypto;
  readonly #now: Date;
  readonly #files = new CertificateFiles();
  /** What stands behind the leaves: the same for all devices of a batch. */
  readonly #issuers: { chain: readonly ReadCertificate[]; judged: Promise<Issuers> }[] = [];
  readonly #caKey: IssuerKey | undefined;

  /** @param caPem of the CA that the ledger names; undefined where none is known: then the chain speaks for itself */
  constructor(caPem: string | undefined, { crypto, now }: { crypto: Crypto; now: Date }) {
    this.#ca = caPem === undefined ? undefined : new CertificateFiles().read(utf8Bytes(caPem))?.leaf;
    this.#caKey = this.#ca && new IssuerKey(this.#ca.certificate.publicKeyInfo, crypto);
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
    const chains = this.#chainsOf(files, faults);
    chains.push(...unlockedChains(unlocked, { listed, beside: chains, faults }));
    const own = await this.#findOwn(chains, listed, faults);
    if (own === undefined) {
      return { faults, key: lockedKey(files) ?? 'none', leaf: undefined, isIssuerKnown: false };
    }
    const leaf = own.leaf.certificate;
    const isNamed =
      (leaf.subject.commonName ?? '') === listed.commonName && leaf.serialHex === listed.serialNumber;
    if (!isNamed) faults.push({ kind: 'certificate-differs', file: own.file });
    if (this.#now > leaf.notAfter) faults.push({ kind: 'expired', notAfter: leaf.notAfter.toISOString() });
    if (this.#now < leaf.notBefore)
      faults.push({ kind: 'not-yet-valid', notBefore: leaf.notBefore.toISOString() });

    let signer = this.#caKey;
    for (const { file, issuers } of chains) {
      if (issuers.length === 0) continue;
      const { isOther, isWhole, key } = await this.#issuersOf(issuers);
      if (isOther) faults.push({ kind: 'issuer-differs', file });
      if (!isWhole) faults.push({ kind: 'chain-wrong', file });
      signer ??= key;
    }
    if (signer !== undefined && !(await signer.hasSigned(leaf))) {
      faults.push({ kind: this.#ca === undefined ? 'chain-wrong' : 'issuer-differs', file: own.file });
    }
    const key = await this.#checkKeys(files, unlocked, { leaf, faults });
    return { faults: distinct(faults), key, leaf, isIssuerKnown: signer !== undefined };
  }

  #chainsOf(files: readonly BundleFile[], faults: DeviceCheckFault[]): FoundChain[] {
    const chains: FoundChain[] = [];
    for (const { name, content } of files) {
      if (!/\.(crt|cer)$/.test(name)) continue;
      const chain = this.#files.read(content);
      if (chain === undefined) faults.push({ kind: 'certificate-unreadable', file: name });
      else chains.push({ file: name, ...chain });
    }
    return chains;
  }

  /** The first chain that begins with the certificate that the manifest names; the others are faults. */
  async #findOwn(
    chains: readonly FoundChain[],
    { certificateId }: ListedDevice,
    faults: DeviceCheckFault[],
  ): Promise<FoundChain | undefined> {
    let own: FoundChain | undefined;
    for (const chain of chains) {
      const { der } = chain.leaf;
      const isOwn =
        own === undefined
          ? (await sha256HexOf(der, this.#crypto)) === certificateId
          : der === own.leaf.der || equalBytes(der, own.leaf.der);
      if (isOwn) own ??= chain;
      else faults.push({ kind: 'certificate-differs', file: chain.file });
    }
    return own;
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

  #issuersOf(chain: readonly ReadCertificate[]): Promise<Issuers> {
    const known = this.#issuers.find((each) => isSameChain(each.chain, chain));
    if (known !== undefined) return known.judged;
    const judged = this.#judgeIssuers(chain);
    this.#issuers.push({ chain, judged });
    if (this.#issuers.length > ISSUERS_KEPT_MAX) this.#issuers.shift();
    return judged;
  }

  async #judgeIssuers(chain: readonly ReadCertificate[]): Promise<Issuers> {
    const context = { crypto: this.#crypto, now: this.#now };
    let isWhole = true;
    for (const [index, { der }] of chain.entries()) {
      const certificate = readCertificate(der);
      if (!certificate.ok || !saysCaTrue(certificate.value)) isWhole = false;
      const ca = chain[index + 1];
      if (ca === undefined) continue;
      const link = await checkChain({ leaf: der, ca: ca.der }, context);
      if (!link.ok || link.value.length > 0) isWhole = false;
    }
    const [first] = chain;
    return {
      isWhole,
      isOther: this.#ca !== undefined && !(first && equalBytes(first.der, this.#ca.der)),
      key: first && new IssuerKey(first.certificate.publicKeyInfo, this.#crypto),
    };
  }
}

/** Those of PKCS #12, each with the chain that stands in a file of the device, where there is one. */
function unlockedChains(
  unlocked: readonly UnlockedFile[],
  known: { listed: ListedDevice; beside: readonly FoundChain[]; faults: DeviceCheckFault[] },
): FoundChain[] {
  const beside = known.beside.find(({ issuers }) => issuers.length > 0)?.issuers;
  const chains: FoundChain[] = [];
  for (const { file, certificates } of unlocked) {
    if (certificates === undefined) continue;
    const chain = inOrder(certificates, (der) => sha256Hex(der) === known.listed.certificateId);
    if (chain === undefined) {
      known.faults.push({ kind: 'certificate-unreadable', file });
      continue;
    }
    const isOther = chain.issuers.length === 0 || !isSameChain(chain.issuers, beside ?? chain.issuers);
    if (isOther) known.faults.push({ kind: 'chain-differs', file });
    chains.push({ file, ...chain });
  }
  return chains;
}

function isSameChain(left: readonly ReadCertificate[], right: readonly ReadCertificate[]): boolean {
  if (left === right) return true;
  return (
    left.length === right.length &&
    left.every(({ der }, index) => equalBytes(der, right[index]?.der ?? new Uint8Array()))
  );
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

function lockedKey(files: readonly BundleFile[]): CheckedKey | undefined {
  return files.some(({ name }) => isLockedFile(name)) ? 'locked' : undefined;
}

function distinct(faults: readonly DeviceCheckFault[]): DeviceCheckFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}
