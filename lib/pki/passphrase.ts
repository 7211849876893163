/** Long enough that 600 000 iterations matter (NIST SP 800-63B §5.1.1 asks for 8 where guesses are limited). */
export const PASSPHRASE_CHARACTERS_MIN = 12;
export const PASSPHRASE_CHARACTERS_MAX = 1024;

export type PassphraseRefused = { kind: 'passphrase-length'; charactersMin: number; charactersMax: number };
