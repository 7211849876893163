/**
 * Names and attributes out of a certificate: `${CommonName}` and the like.
 * @module
 */
import { type CertificateFacts, certificateValue } from '@/lib/provisioning/certificate-parameters';
import { CERTIFICATE_VALUES, type CertificateValue } from './settings';

const PLACEHOLDER = /\$\{(\w+)\}/g;

/** `missing`: placeholders that the certificate has no value for, or that nobody knows. */
export type FilledIn = { text: string; missing: readonly string[] };

export function fillIn(template: string, certificate: CertificateFacts): FilledIn {
  const missing: string[] = [];
  const text = template.replace(PLACEHOLDER, (_all, name: string) => {
    const value = isCertificateValue(name)
      ? certificateValue(`AWS::IoT::Certificate::${name}`, certificate)
      : undefined;
    if (value === undefined) missing.push(name);
    return value ?? '';
  });
  return { text, missing };
}

/** Placeholders that no certificate can fill. */
export const unknownPlaceholders = (template: string): string[] =>
  placeholdersOf(template).filter((name) => !isCertificateValue(name));

/** What stands before the first placeholder: the part of a name that is the same for all devices. */
export const fixedPrefix = (template: string): string => template.split('${')[0] ?? '';

export const placeholdersOf = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);

const isCertificateValue = (name: string): name is CertificateValue =>
  CERTIFICATE_VALUES.some((known) => known === name);
