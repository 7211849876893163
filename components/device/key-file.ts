/** As many as the PKI engine reads (`PEM_BYTES_MAX` of `lib/pki`); a test holds the two together. */
export const DROPPED_BYTES_MAX = 262_144;

/** For the file picker; what is dropped is judged by its content. */
export const KEY_EXTENSIONS = ['.pem', '.key', '.der', '.p8'] as const;
export const CSR_EXTENSIONS = ['.csr', '.pem', '.req', '.der', '.p10'] as const;
