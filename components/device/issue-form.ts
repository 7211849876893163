/**
 * What is typed into the form that issues a device, and what follows from it.
 * @module
 */
import type { ProfileContent } from '@/lib/batch/profile';
import type { KeyAlgorithm } from '@/lib/pki/key-algorithm';
import type { Subject, SubjectField } from '@/lib/pki/subject';
import { requiredParameters } from '@/lib/provisioning/required-parameters';
import type { Template } from '@/lib/provisioning/template';
import { SUBJECT_FIELDS } from './subject-fields';

export type IssueForm = {
  source: 'new-key' | 'csr';
  subject: Record<SubjectField, string>;
  algorithm: KeyAlgorithm;
  /** Whole days from now; NaN while the field is empty. */
  validityDays: number;
};

const EMPTY: Record<SubjectField, string> = {
  commonName: '',
  country: '',
  stateName: '',
  locality: '',
  organization: '',
  organizationalUnit: '',
  serialNumber: '',
  dnQualifier: '',
};

/** AWS's article issues its devices for a year. */
const VALIDITY_DAYS = 365;

export function newIssueForm(caCountry: string | undefined): IssueForm {
  const subject = { ...EMPTY, country: caCountry ?? '' };
  return { source: 'new-key', subject, algorithm: 'P-256', validityDays: VALIDITY_DAYS };
}

/** For a device that has a certificate: the new one is about the same subject. */
export const replacementForm = (subject: Subject): IssueForm => ({
  ...newIssueForm(undefined),
  subject: { ...EMPTY, ...Object.fromEntries(Object.entries(subject).filter(([, value]) => value)) },
});

/** What a profile decides; the name stays the device's. */
export function formWithProfile(
  form: IssueForm,
  { subject, algorithm, validityDaysMax }: ProfileContent,
): IssueForm {
  return { ...form, subject: { ...form.subject, ...subject }, algorithm, validityDays: validityDaysMax };
}

/** For the next device: what tells devices apart is asked anew, the rest stays. */
export function nextIssueForm(form: IssueForm): IssueForm {
  return { ...form, subject: { ...form.subject, commonName: '', serialNumber: '', dnQualifier: '' } };
}

export type FieldNeed = 'needed' | 'has-default';

/**
 * The attributes that the form asks for in front, and whether each must be there. The common name always is: it is what
 * people find the device by.
 */
export function fieldsAskedFor(
  template: Template | undefined,
  caCountry: string | undefined,
): ReadonlyMap<SubjectField, FieldNeed> {
  const needs = new Map<SubjectField, FieldNeed>([['commonName', 'needed']]);
  for (const { source, need } of template === undefined ? [] : requiredParameters(template)) {
    if (source.kind !== 'subject') continue;
    const isNeeded = need !== 'optional' || needs.get(source.field) === 'needed';
    needs.set(source.field, isNeeded ? 'needed' : 'has-default');
  }
  // AWS's article wants it equal to the CA's, so it is worth being seen.
  if (caCountry !== undefined && !needs.has('country')) needs.set('country', 'has-default');
  return new Map(
    SUBJECT_FIELDS.flatMap((field) => {
      const need = needs.get(field);
      return need === undefined ? [] : [[field, need] as const];
    }),
  );
}

/** The attributes as they will be issued: trimmed, empty ones left out. */
export function subjectOf({ subject }: IssueForm): Subject {
  return Object.fromEntries(
    SUBJECT_FIELDS.map((field) => [field, subject[field].trim()] as const).filter(
      ([, value]) => value !== '',
    ),
  );
}

/** The needed attributes that are still empty. */
export function missingFields(form: IssueForm, asked: ReadonlyMap<SubjectField, FieldNeed>): SubjectField[] {
  const subject = subjectOf(form);
  return [...asked].flatMap(([field, need]) =>
    need === 'needed' && subject[field] === undefined ? [field] : [],
  );
}

const DAY_MS = 86_400_000;

/** Whether a certificate of so many days would outlive its CA, and so ends with it. */
export function isCutByCa(validityDays: number, caNotAfter: string, nowMs: number): boolean {
  return nowMs + validityDays * DAY_MS > Date.parse(caNotAfter);
}
