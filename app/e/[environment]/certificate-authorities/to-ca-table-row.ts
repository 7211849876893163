import 'server-only';
import { caName, firstContactOf } from '@/components/ca/ca-facts';
import type { CaTableRow } from '@/components/ca/ca-row';
import type { Failure } from '@/lib/failure';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import type { CaDetail, CaSummary } from '@/lib/registry/certificate-authority';
import type { Result } from '@/lib/result';

/** A CA as the list shows it: its name comes out of the certificate, which AWS keeps but does not read. */
export async function toCaTableRow({
  detail,
  ...summary
}: CaSummary & { detail: Result<CaDetail, Failure> }): Promise<CaTableRow> {
  const { caId, status, createdAt } = summary;
  if (!detail.ok) return { caId, status, createdAt, detail: undefined };
  const inspected = await inspectCertificate(detail.value.certificatePem, crypto);
  const facts = inspected.ok ? inspected.value : undefined;
  const { autoRegistration, mode, notBefore, notAfter } = detail.value;
  return {
    caId,
    status,
    createdAt,
    detail: {
      name: caName(facts, caId),
      subject: facts?.subject.text ?? '',
      autoRegistration,
      firstContact: firstContactOf(detail.value),
      mode,
      notBefore,
      notAfter,
    },
  };
}
