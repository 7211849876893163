import 'server-only';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import type { IssuingCa, IssuingTemplate, NamedTemplateInForce } from '@/lib/registry/issuing-ca';
import type { ProvisioningTemplateDetail } from '@/lib/registry/provisioning-template';
import { fail, ok, type Result } from '@/lib/result';
import { iotFor } from './iot-gateway';

/** A CA in the list to choose from: all of it, or only its id where its details could not be read. */
export type ListedCa = { caId: string; ca: IssuingCa | undefined };

/** As many as can be described within the bucket while somebody waits. */
const CAS_SHOWN_MAX = 25;

/** With the text of its template, also where AWS keeps that by name: the CA can issue without it, so why it is missing is told with the CA. */
export async function readIssuingCa(
  environment: Environment,
  caId: string,
): Promise<Result<IssuingCa, Failure>> {
  const iot = iotFor(environment);
  const described = await iot.describeCaCertificate(caId);
  if (!described.ok) return described;
  const ca = await toIssuingCa(described.value);
  if (ca === undefined) return fail({ kind: 'conflict', reason: 'ca-unreadable' });
  if (ca.template.kind !== 'named') return ok(ca);
  const { templateName } = ca.template;
  const detail = await iot.describeProvisioningTemplate(templateName);
  return ok({
    ...ca,
    template: { kind: 'named', templateName, inForce: detail.ok ? ok(inForceOf(detail.value)) : detail },
  });
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

function templateOf({ registrationConfig: config }: CaDetail): IssuingTemplate {
  if (config === undefined) return { kind: 'none' };
  return config.kind === 'named' ? { ...config, inForce: undefined } : config;
}

const inForceOf = ({ templateBody, isEnabled, type }: ProvisioningTemplateDetail): NamedTemplateInForce => ({
  templateBody,
  isEnabled,
  type,
});
