import { SUBJECT_ATTRIBUTES, type Subject } from './subject';
import { x509 } from './x509';

/** The X.501 name of a checked subject, one attribute in each relative distinguished name. */
export function toName(subject: Subject): x509.Name {
  return new x509.Name(
    SUBJECT_ATTRIBUTES.flatMap(({ field, oid, string }) => {
      const value = subject[field];
      return value ? [{ [oid]: [{ [string]: value }] }] : [];
    }),
  );
}
