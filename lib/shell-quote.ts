/**
 * Quoting for POSIX shells (POSIX.1-2017, Shell Command Language, 2.2.2 Single-Quotes).
 * @module
 */

/** Words of these characters mean the same bare and quoted, in every POSIX shell. */
const BARE = /^[\w@%+=:,./-]+$/;

/**
 * One word for `sh`: bare where that is safe, else in single quotes.
 *
 * @param text - anything but NUL, which no shell word can hold
 * @throws RangeError when `text` contains NUL
 */
export function shellQuote(text: string): string {
  if (text.includes('\0')) throw new RangeError('a shell word cannot contain NUL');
  return BARE.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
