import 'server-only';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import type { IssuingCa, IssuingTemplate } from '@/lib/registry/issuing-ca';
import { fail, ok, type Result } from '@/lib/result';
import { iotFor } from './iot-gateway';

/** A CA in the list to choose from: all of it, or only its id where its details could not be read. */
export type ListedCa = { caId: string; ca: IssuingCa | undefined };

/** As many as can be described within the bucket while somebody waits. */
const CAS_SHOWN_MAX = 25;

export async function readIssuingCa(
  environment: Environment,
  caId: string,
): Promise<Result<IssuingCa, Failure>> {
  const described = await iotFor(environment).describeCaCertificate(caId);
  if (!described.ok) return described;
  const ca = await toIssuingCa(described.value);
  return ca === undefined ? fail({ kind: 'conflict', reason: 'ca-unreadable' }) : ok(ca);
}

/** One page of the CAs, those that can issue first. */
export async function readIssuingCas(
  environment: Environment,
  token: string | undefined,
): Promise<Result<{ cas: ListedCa[]; nextToken: string | undefined }, Failure>> {
  const page = await iotFor(environment).listCaRows({ pageSize: CAS_SHOWN_MAX, token });
  if (!page.ok) return page;
  const cas = await Promise.all(
    page.value.items.map(async ({ caId, detail }) => ({
      caId,
      ca: detail.ok ? await toIssuingCa(detail.value) : undefined,
    })),
  );
  return ok({ cas: cas.toSorted(activeFirst), nextToken: page.value.nextToken });
}

const rank = ({ ca }: ListedCa) => (ca?.status === 'ACTIVE' ? 0 : 1);
const activeFirst = (a: ListedCa, b: ListedCa) => rank(a) - rank(b);

/** @returns undefined when the certificate cannot be decoded */
async function toIssuingCa(detail: CaDetail): Promise<IssuingCa | undefined> {
  const inspected = await inspectCertificate(detail.certificatePem, crypto);
  if (!inspected.ok) return undefined;
  const { subject, notBefore, notAfter } = inspected.value;
  const { caId, status, mode, autoRegistration, certificatePem } = detail;
  return {
    caId,
    name: subject.fields.commonName ?? subject.text,
    subject: subject.text,
    country: subject.fields.country,
    certificatePem,
    issuerPems: [],
    status,
    mode,
    autoRegistration,
    notBefore,
    notAfter,
    template: templateOf(detail),
  };
}

function templateOf({ registrationConfig }: CaDetail): IssuingTemplate {
  return registrationConfig ?? { kind: 'none' };
}
