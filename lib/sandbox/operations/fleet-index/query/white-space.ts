/**
 * Java's `Character.isWhitespace`, by which the guide's page "Query syntax" separates words: what JavaScript calls white
 * space, without those that forbid a line break.
 */
const SEPARATOR = '[^\\S\\u00a0\\u2007\\u202f\\ufeff]';

export const WHITE_SPACE = new RegExp(SEPARATOR, 'u');
export const WORD_SEPARATOR = new RegExp(`${SEPARATOR}+`, 'u');
