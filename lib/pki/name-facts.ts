/**
 * A distinguished name as people read it.
 * @module
 */
import { SUBJECT_ATTRIBUTES, type Subject } from './subject';
import type { x509 } from './x509';

export type NameAttribute = { oid: string; shortName: string; value: string };
/**
 * `text` is the whole name in its own order, `C=IN, O=AMZ`, escaped as RFC 4514 §2.4 says. `fields` has the first value
 * of each attribute that a subject of ours knows.
 */
export type NameFacts = { text: string; attributes: NameAttribute[]; fields: Subject };

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ...SUBJECT_ATTRIBUTES.map(({ oid, shortName }) => [oid, shortName] as const),
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['1.2.840.113549.1.9.1', 'emailAddress'],
  ['2.5.4.4', 'SN'],
  ['2.5.4.12', 'title'],
  ['2.5.4.42', 'GN'],
  ['2.5.4.43', 'initials'],
  ['2.5.4.44', 'generationQualifier'],
  ['2.5.4.65', 'pseudonym'],
]);

export function nameFacts(name: x509.Name): NameFacts {
  const relativeNames = name.toJSON().map((relative) =>
    Object.entries(relative).flatMap(([type, values]) => {
      const oid = LIBRARY_NAMES.get(type) ?? type;
      return values.map((value) => ({ oid, shortName: SHORT_NAMES.get(oid) ?? oid, value }));
    }),
  );
  const text = relativeNames.map((relative) => relative.map(attributeText).join('+')).join(', ');
  const attributes = relativeNames.flat();
  const fields: Subject = {};
  for (const { field, oid } of SUBJECT_ATTRIBUTES) {
    const value = attributes.find((attribute) => attribute.oid === oid)?.value;
    if (value !== undefined) fields[field] = value;
  }
  return { text, attributes, fields };
}

function attributeText({ shortName, value }: NameAttribute): string {
  return `${shortName}=${escapeValue(value)}`;
}

/** The library's JSON has short names of its own; they are turned back into OIDs. */
const LIBRARY_NAMES: ReadonlyMap<string, string> = new Map([
  ['CN', '2.5.4.3'],
  ['L', '2.5.4.7'],
  ['ST', '2.5.4.8'],
  ['O', '2.5.4.10'],
  ['OU', '2.5.4.11'],
  ['C', '2.5.4.6'],
  ['DC', '0.9.2342.19200300.100.1.25'],
  ['E', '1.2.840.113549.1.9.1'],
  ['G', '2.5.4.42'],
  ['I', '2.5.4.43'],
  ['SN', '2.5.4.4'],
  ['T', '2.5.4.12'],
]);

function escapeValue(value: string): string {
  return value
    .replace(/[,+"\\<>;]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replace(/\p{Cc}/gu, (control) => `\\${control.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
