/** What one import writes in one transaction while nobody else writes to the embedded database: a few seconds. More is several imports. */
export const IMPORT_ROWS_MAX = 5000;

/** Of the files together: five thousand certificates of RSA 4096 as PEM, with OpenSSL's text in front of some. */
export const IMPORT_BYTES_MAX = 16_000_000;

/** RSA 4096 with a long subject stays below 4 KB of base64. */
export const IMPORTED_CERTIFICATE_CHARACTERS_MAX = 8192;

/** RFC 5280 section 4.1.2.2: 20 octets. */
export const SERIAL_DIGITS_MAX = 40;

/** RFC 5280 appendix A.1, ub-common-name. */
export const COMMON_NAME_CHARACTERS_MAX = 64;

/** As the beginning of ISO 8601: the first edition of X.509. */
export const IMPORTED_YEAR_MIN = '1988';
