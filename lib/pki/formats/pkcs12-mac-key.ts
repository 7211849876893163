import { sha1, sha256 } from '@/lib/pki/digest';

const HASHES = { 'SHA-1': sha1, 'SHA-256': sha256 } as const;

/** Both digests work on blocks of this many octets. */
const BLOCK_BYTES = 64;
/** "ID=3" says that the key is for a MAC. */
const MAC_KEY_ID = 3;

export type MacKeyRequest = {
  hash: keyof typeof HASHES;
  passphrase: string;
  salt: Uint8Array;
  iterations: number;
};

/** The MAC key of PKCS #12 (RFC 7292 appendix B.2): as long as the digest, so one round of its step 6 is all. */
export function pkcs12MacKey({ hash, passphrase, salt, iterations }: MacKeyRequest): Uint8Array<ArrayBuffer> {
  const digest = HASHES[hash];
  const diversifier = new Uint8Array(BLOCK_BYTES).fill(MAC_KEY_ID);
  let key = digest(concatenated(diversifier, repeated(salt), repeated(bmpString(passphrase))));
  for (let round = 1; round < iterations; round += 1) key = digest(key);
  return Uint8Array.from(key);
}

/** To whole blocks, the last repetition cut (steps 2 and 3); nothing stays nothing. */
function repeated(bytes: Uint8Array): Uint8Array {
  const length = Math.ceil(bytes.length / BLOCK_BYTES) * BLOCK_BYTES;
  return Uint8Array.from({ length }, (_, at) => bytes[at % bytes.length] ?? 0);
}

/** Appendix B.1: UTF-16, big-endian, with two zero octets at the end. */
function bmpString(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length + 1) * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at));
  return bytes;
}

function concatenated(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
