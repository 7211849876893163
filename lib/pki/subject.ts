/**
 * The subject of a certificate as people fill it in, and its rules. Without the library, so that forms can load it.
 * @module
 */
/** The subject attributes a template of AWS IoT can read, and locality; the order is the order in the name. */
export const SUBJECT_ATTRIBUTES = [
  { field: 'country', oid: '2.5.4.6', shortName: 'C', string: 'printableString', charactersMax: 2 },
  { field: 'stateName', oid: '2.5.4.8', shortName: 'ST', string: 'utf8String', charactersMax: 128 },
  { field: 'locality', oid: '2.5.4.7', shortName: 'L', string: 'utf8String', charactersMax: 128 },
  { field: 'organization', oid: '2.5.4.10', shortName: 'O', string: 'utf8String', charactersMax: 64 },
  { field: 'organizationalUnit', oid: '2.5.4.11', shortName: 'OU', string: 'utf8String', charactersMax: 64 },
  { field: 'commonName', oid: '2.5.4.3', shortName: 'CN', string: 'utf8String', charactersMax: 64 },
  {
    field: 'serialNumber',
    oid: '2.5.4.5',
    shortName: 'serialNumber',
    string: 'printableString',
    charactersMax: 64,
  },
  // X.520 sets no bound for dnQualifier; it gets the one of its neighbours.
  {
    field: 'dnQualifier',
    oid: '2.5.4.46',
    shortName: 'dnQualifier',
    string: 'printableString',
    charactersMax: 64,
  },
] as const;
// Bounds and string types: RFC 5280 appendix A.1 (ub-* of X.520), RFC 5280 §4.1.2.4 (UTF8String for the rest).

export type SubjectField = (typeof SUBJECT_ATTRIBUTES)[number]['field'];
/** Absent and empty mean the same: the attribute is left out. */
export type Subject = { [Field in SubjectField]?: string | undefined };

/** `field` is the field at fault; `subject` when all are empty, which RFC 5280 §4.1.2.4 forbids for issuers. */
export type SubjectFault =
  | { kind: 'subject-empty'; field: 'subject' }
  | { kind: 'subject-too-long'; field: SubjectField; characters: number; charactersMax: number }
  | { kind: 'subject-country'; field: SubjectField }
  /** PrintableString has letters, digits, space and `'()+,-./:=?` only; `character` is the first that is not. */
  | { kind: 'subject-not-printable'; field: SubjectField; character: string }
  | { kind: 'subject-control-character'; field: SubjectField }
  | { kind: 'subject-surrounding-space'; field: SubjectField };

const PRINTABLE = /[^A-Za-z0-9 '()+,\-./:=?]/u;
const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** Everything that is wrong with a subject, none when it can be issued. */
export function checkSubject(subject: Subject): SubjectFault[] {
  const filled = SUBJECT_ATTRIBUTES.filter(({ field }) => subject[field]);
  if (filled.length === 0) return [{ kind: 'subject-empty', field: 'subject' }];
  return filled.flatMap((attribute) => checkAttribute(attribute, subject[attribute.field] ?? ''));
}

function checkAttribute(attribute: (typeof SUBJECT_ATTRIBUTES)[number], value: string): SubjectFault[] {
  const { field, charactersMax } = attribute;
  if (field === 'country') return /^[A-Za-z]{2}$/.test(value) ? [] : [{ kind: 'subject-country', field }];

  if (CONTROL.test(value)) return [{ kind: 'subject-control-character', field }];
  // A blank at the end is invisible on every screen and still another thing name for a template.
  if (value.trim() !== value) return [{ kind: 'subject-surrounding-space', field }];
  const characters = [...value].length;
  if (characters > charactersMax) return [{ kind: 'subject-too-long', field, characters, charactersMax }];
  const foreign = attribute.string === 'printableString' ? PRINTABLE.exec(value) : null;
  return foreign ? [{ kind: 'subject-not-printable', field, character: foreign[0] }] : [];
}
