import type { CaStatus, CertificateMode } from '@/lib/registry/certificate-authority';
import type { FirstContact } from './ca-facts';

/** One line of the list of CAs. */
export type CaTableRow = {
  caId: string;
  status: CaStatus;
  createdAt: Date | undefined;
  /** Undefined when AWS's answer for this CA is missing, most often for want of calls. */
  detail: CaRowDetail | undefined;
};

export type CaRowDetail = {
  name: string;
  /** The whole subject on one line; empty when the certificate cannot be decoded. */
  subject: string;
  autoRegistration: boolean;
  firstContact: FirstContact;
  mode: CertificateMode;
  notBefore: Date | undefined;
  notAfter: Date | undefined;
};

/** Whether a row's name, subject or id contains `text`, capitals aside. An empty text is in every row. */
export function matchesFilter({ caId, detail }: CaTableRow, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [caId, detail?.name ?? '', detail?.subject ?? ''].some((field) =>
    field.toLowerCase().includes(wanted),
  );
}
