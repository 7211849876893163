/**
 * The certificate and the CA behind it, as AWS has them.
 * @module
 */
import 'server-only';
import type { CaFacts, DeviceFacts, LeafFacts } from '@/lib/diagnosis/facts';
import {
  ABSENT,
  type Known,
  known,
  knownValue,
  mapKnown,
  notKnown,
  presentOf,
  type Source,
} from '@/lib/diagnosis/known';
import { checkChain } from '@/lib/pki/check-chain';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import type { CaDetail, CaSummary } from '@/lib/registry/certificate-authority';
import type { Inquiry } from './inquiry';

/** One page of ListCACertificates; AWS's largest. */
const CA_PAGE_SIZE = 250;

export async function askCertificate(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const { device, iot, material, facts } = inquiry;
  const answer = await inquiry.ask('DescribeCertificate', () =>
    iot.describeCertificate(device.certificateId),
  );
  const detail = presentOf(answer);
  material.certificateArn = detail?.arn;
  material.leafPem ??= detail?.certificatePem;
  const certificate = mapKnown(answer, (value) =>
    value === ABSENT
      ? ABSENT
      : {
          status: value.status,
          caId: value.caId,
          registeredAt: value.createdAt,
          lastModifiedAt: value.lastModifiedAt,
        },
  );
  const leaf =
    facts.leaf.kind === 'known' || detail === undefined
      ? facts.leaf
      : await readLeaf(detail.certificatePem, 'DescribeCertificate', inquiry.now());
  return { certificate, leaf };
}

/** The facts of a device's certificate out of its text; what cannot be read as one is not known. */
export async function readLeaf(pem: string, source: Source, at: Date): Promise<Known<LeafFacts>> {
  const read = await inspectCertificate(pem, globalThis.crypto);
  if (!read.ok) return notKnown('failed', source, at);
  const { certificateId, subject, issuer, notBefore, notAfter } = read.value;
  return known(
    {
      certificateId,
      commonName: subject.fields.commonName,
      issuer: issuer.text,
      notBefore: new Date(notBefore),
      notAfter: new Date(notAfter),
    },
    source,
    at,
  );
}

/** The CA by the id that the certificate, the ledger or the chain has. */
export async function askCa(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const { certificate, ledger, given } = inquiry.facts;
  const caId = presentOf(certificate)?.caId ?? presentOf(ledger)?.caId ?? knownValue(given)?.issuer?.caId;
  if (caId === undefined) return {};
  const answer = await inquiry.ask('DescribeCACertificate', () => inquiry.iot.describeCaCertificate(caId));
  const detail = presentOf(answer);
  return {
    ca: mapKnown(answer, (value) => (value === ABSENT ? ABSENT : toCaFacts(value))),
    ...(detail === undefined ? {} : await withCa(inquiry, detail)),
  };
}

/** All registered CAs as far as the calls go, and among them the one that issued the leaf. */
export async function askIssuers(inquiry: Inquiry, callsMax: number): Promise<Partial<DeviceFacts>> {
  const list = await inquiry.ask('ListCACertificates', () =>
    inquiry.iot.listCaCertificates({ pageSize: CA_PAGE_SIZE, token: undefined }),
  );
  const page = presentOf(list);
  const leaf = inquiry.material.leafPem;
  if (page === undefined || leaf === undefined) {
    return { issuers: list.kind === 'known' ? notKnown('failed', 'given', inquiry.now()) : list };
  }
  const { named, refused, asked } = await issuersAmong(inquiry, leaf, page.items.slice(0, callsMax - 1));
  if (named.length === 0 && refused !== undefined) return { issuers: refused };
  const at = inquiry.now();
  const isWhole = asked === page.items.length && page.nextToken === undefined;
  if (named.length === 0 && !isWhole) return { issuers: notKnown('incomplete', 'ListCACertificates', at) };

  const issuers = known(
    named.map(({ detail }) => detail.caId),
    'ListCACertificates',
    at,
  );
  const chosen = named.find(({ isSigner }) => isSigner) ?? named[0];
  if (chosen === undefined) return { issuers };
  const ca = known(toCaFacts(chosen.detail), 'DescribeCACertificate', at);
  return { issuers, ca, ...(await withCa(inquiry, chosen.detail)) };
}

type Issuer = { detail: CaDetail; isSigner: boolean };

/** CAs that are asked about at once; who has found the issuer among them need not ask about the others. */
const CAS_AT_ONCE = 4;

/** Which of these CAs has the name of the leaf's issuer, the newest first. */
async function issuersAmong(
  inquiry: Inquiry,
  leaf: string,
  cas: readonly CaSummary[],
): Promise<{
  named: Issuer[];
  refused: Exclude<Known<never>, { kind: 'known' }> | undefined;
  asked: number;
}> {
  const named: Issuer[] = [];
  let refused: Exclude<Known<never>, { kind: 'known' }> | undefined;
  let asked = 0;
  while (asked < cas.length && !named.some(({ isSigner }) => isSigner) && refused === undefined) {
    const wave = cas.slice(asked, asked + CAS_AT_ONCE);
    asked += wave.length;
    const answers = await Promise.all(
      wave.map(({ caId }) =>
        inquiry.ask('DescribeCACertificate', () => inquiry.iot.describeCaCertificate(caId)),
      ),
    );
    for (const answer of answers) {
      if (answer.kind !== 'known') refused = answer;
      const detail = presentOf(answer);
      const faults = detail && (await chainFaults(leaf, detail.certificatePem, inquiry.now()));
      if (detail === undefined || faults === undefined || faults.includes('issuer-differs')) continue;
      named.push({ detail, isSigner: !faults.includes('signature-invalid') });
    }
  }
  return { named, refused, asked };
}

/** What having the CA tells at once: the signature, and the template where it is on the CA itself. */
async function withCa(inquiry: Inquiry, ca: CaDetail): Promise<Pick<DeviceFacts, 'signature'>> {
  const { material } = inquiry;
  const config = ca.registrationConfig;
  if (config?.kind === 'inline') material.template = { body: config.templateBody, roleArn: config.roleArn };
  if (material.leafPem === undefined) return { signature: inquiry.facts.signature };
  const at = inquiry.now();
  const faults = await chainFaults(material.leafPem, ca.certificatePem, at);
  const isFaulty = faults.includes('issuer-differs') || faults.includes('signature-invalid');
  return { signature: known(!isFaulty, 'DescribeCACertificate', at) };
}

async function chainFaults(leaf: string, ca: string, now: Date): Promise<string[]> {
  const checked = await checkChain({ leaf, ca }, { crypto: globalThis.crypto, now });
  return checked.ok ? checked.value.map(({ kind }) => kind) : ['issuer-differs'];
}

/** Whether a verification certificate's common name is the code of this account and Region. */
export async function askRegistrationCode(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const commonName = knownValue(inquiry.facts.leaf)?.commonName;
  if (commonName === undefined) return {};
  const code = await inquiry.ask('GetRegistrationCode', () => inquiry.iot.registrationCode());
  return { isRegistrationCode: mapKnown(code, (value) => value === commonName) };
}

const toCaFacts = (ca: CaDetail): CaFacts => ({
  caId: ca.caId,
  status: ca.status,
  mode: ca.mode,
  autoRegistration: ca.autoRegistration,
  notBefore: ca.notBefore,
  notAfter: ca.notAfter,
  config: ca.registrationConfig,
});
