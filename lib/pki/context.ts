/** What pure PKI code takes from outside: WebCrypto (with its randomness) and the time. */
export type PkiContext = { crypto: Crypto; now: Date };
