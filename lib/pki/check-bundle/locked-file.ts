/**
 * The files of a device that are under a passphrase, opened: an encrypted key, or key and certificates in PKCS#12.
 * @module
 */
import type { Bytes } from '@/lib/pki/bytes';
import { decodeText } from '@/lib/pki/decode-text';
import { decryptPkcs8 } from '@/lib/pki/encrypted-pkcs8';
import { parsePem } from '@/lib/pki/pem';
import { recogniseKeyDer } from '@/lib/pki/pkcs8';
import { readPkcs12 } from '@/lib/pki/pkcs12';
import { checkPkcs12Mac } from '@/lib/pki/pkcs12-mac';
import { fail, ok, type Result } from '@/lib/result';
import type { BundleFile } from './device-checker';

export type LockedFault =
  | { kind: 'passphrase-wrong'; file: string }
  /** Neither form, encrypted as nobody does here, or without exactly one key. */
  | { kind: 'locked-unreadable'; file: string };

export type UnlockedFile = {
  file: string;
  /** PKCS#8 in the clear; whoever opened it overwrites it. */
  key: Bytes;
  /** DER, in the order of the file; undefined where the form has none. */
  certificates: Bytes[] | undefined;
};

/** By the name: both forms can be told from it. */
export function isLockedFile(name: string): boolean {
  return isEncryptedKey(name) || name.endsWith('.p12');
}

const isEncryptedKey = (name: string): boolean => name.endsWith('.encrypted.key');

export async function openLockedFile(
  { name, content }: BundleFile,
  passphrase: string,
  crypto: Crypto,
): Promise<Result<UnlockedFile, LockedFault>> {
  const opened = await (isEncryptedKey(name)
    ? openKey(content, passphrase, crypto)
    : openPkcs12(content, passphrase, crypto));
  return typeof opened === 'string' ? fail({ kind: opened, file: name }) : ok({ file: name, ...opened });
}

type Opened = Promise<Omit<UnlockedFile, 'file'> | LockedFault['kind']>;

async function openKey(content: Bytes, passphrase: string, crypto: Crypto): Opened {
  const text = decodeText(content);
  const blocks = typeof text === 'string' ? parsePem(text) : undefined;
  const block = blocks?.ok && blocks.value.find(({ label }) => label === 'ENCRYPTED PRIVATE KEY');
  if (!block) return 'locked-unreadable';
  const key = await decrypted(block.der, passphrase, crypto);
  return typeof key === 'string' ? key : { key, certificates: undefined };
}

async function openPkcs12(content: Bytes, passphrase: string, crypto: Crypto): Opened {
  const mac = await checkPkcs12Mac(content, passphrase, crypto);
  if (mac === 'differs') return 'passphrase-wrong';
  if (mac === 'unsupported') return 'locked-unreadable';
  const read = await readPkcs12(content, passphrase, crypto);
  if (!read.ok) return read.failure.kind === 'passphrase-wrong' ? 'passphrase-wrong' : 'locked-unreadable';
  const { certificates, keys } = read.value;
  const [only] = keys;
  if (only === undefined || keys.length > 1) return 'locked-unreadable';
  const key = only.isShrouded ? await decrypted(only.der, passphrase, crypto) : only.der;
  return typeof key === 'string' ? key : { key, certificates };
}

async function decrypted(
  der: Bytes,
  passphrase: string,
  crypto: Crypto,
): Promise<Bytes | LockedFault['kind']> {
  const plain = await decryptPkcs8(der, passphrase, crypto);
  if (!plain.ok) return plain.failure.kind === 'passphrase-wrong' ? 'passphrase-wrong' : 'locked-unreadable';
  // Wrong passphrases leave valid padding once in 256 times; what comes out then is noise.
  return recogniseKeyDer(plain.value) === 'pkcs8' ? plain.value : 'passphrase-wrong';
}
