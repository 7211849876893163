import type { Bytes } from './bytes';
import { printPem } from './pem';

/** An extractable private key as unencrypted PKCS#8 (RFC 5208), label `PRIVATE KEY`. */
export async function exportPrivateKeyPem(key: CryptoKey, crypto: Crypto): Promise<string> {
  return printPem('PRIVATE KEY', await exportPkcs8(key, crypto));
}

export async function exportPkcs8(key: CryptoKey, crypto: Crypto): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', key));
}
