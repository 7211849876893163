/**
 * The certificate of a dry run, wherever it comes from.
 * @module
 */
import type { CertificateFacts as PkiFacts } from '@/lib/pki/inspect-certificate';
import type { CsrFacts } from '@/lib/pki/inspect-csr';
import { SUBJECT_ATTRIBUTES, type Subject } from '@/lib/pki/subject';
import { certificateVariables, nameVariables, subjectVariables } from '@/lib/policy/certificate-variables';
import type { CertificateVariables } from '@/lib/policy/policy-context';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { certificateToBe } from './dry-run';
import type { LedgerDevice } from './registry-answer';

export type TestedCertificate = {
  /** What the template can read. */
  facts: CertificateFacts;
  /** What policies can read. */
  variables: CertificateVariables;
};

export function ofCertificate(pki: PkiFacts): TestedCertificate {
  return {
    facts: {
      certificateId: pki.certificateId,
      serialNumberDecimal: pki.serialDecimal,
      subject: pki.subject.fields,
    },
    variables: certificateVariables(pki),
  };
}

/** A request has neither a serial number nor an id yet. */
export function ofRequest({ subject }: CsrFacts): TestedCertificate {
  return { facts: certificateToBe(subject.fields), variables: { subject: nameVariables(subject) } };
}

export function ofLedger({ certificateId, serial, subject }: LedgerDevice): TestedCertificate {
  const fields = subjectOf(subject);
  return {
    facts: { certificateId, serialNumberDecimal: serial, subject: fields },
    variables: { ...subjectVariables(fields), serialNumberDecimal: serial },
  };
}

export type TypedCertificate = { subject: Subject; serial: string };

/** Undefined while nothing was typed. */
export function ofTyped({ subject, serial }: TypedCertificate): TestedCertificate | undefined {
  const isEmpty = serial === '' && Object.values(subject).every((value) => !value);
  if (isEmpty) return undefined;
  const toBe = certificateToBe(subject);
  const facts = serial === '' ? toBe : { ...toBe, serialNumberDecimal: serial };
  return { facts, variables: subjectVariables(subject) };
}

function subjectOf(values: Readonly<Record<string, string>>): Subject {
  const subject: Subject = {};
  for (const { field } of SUBJECT_ATTRIBUTES) {
    const value = values[field];
    if (value !== undefined) subject[field] = value;
  }
  return subject;
}
