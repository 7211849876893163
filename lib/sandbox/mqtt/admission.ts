/**
 * What the broker does with a device that sent CONNECT, as a decision and nothing more.
 * AWS IoT Core Developer Guide, "Just-in-time provisioning", "Just-in-time registration", "Transport security".
 * @module
 */
import type { CaStatus, CertificateMode, CertificateStatus, Validity } from '@/lib/sandbox/state/records';
import type { AdmissionReason } from './reason';

/** One registration of the device's certificate; there can be one per Region. */
export type KnownCertificate = {
  region: string;
  status: CertificateStatus;
  certificateMode: CertificateMode;
  caCertificateId?: string | undefined;
};

/** A registered CA whose key signed the device's certificate. */
export type Issuer = {
  region: string;
  caCertificateId: string;
  status: CaStatus;
  autoRegistrationStatus: 'ENABLE' | 'DISABLE';
  certificateMode: CertificateMode;
  validity: Validity;
  /** The device sent this CA certificate along; otherwise it was found by the issuer name alone. */
  sent: boolean;
  /** CAs registered with this subject in this Region, this one included. */
  sameSubject: number;
};

export type AdmissionFacts = {
  /** Epoch milliseconds, as all times here. */
  now: number;
  serverName: { kind: 'expected' } | { kind: 'missing' } | { kind: 'foreign'; name: string };
  /** The first certificate the device sent; its private key was proved by the handshake. */
  leaf: { validity: Validity; issuer: string; keyFault: string | undefined } | undefined;
  known: readonly KnownCertificate[];
  issuers: readonly Issuer[];
  /** Registered CAs that bear the issuer's name but did not sign. */
  namesakes: number;
};

export type Admission =
  /** The certificate is active: its policies decide. */
  | { kind: 'authorize'; region: string; warnings: readonly AdmissionReason[] }
  /** First contact: register as PENDING_ACTIVATION, tell, provision, close. */
  | { kind: 'register'; region: string; caCertificateId: string; warnings: readonly AdmissionReason[] }
  /** Still pending: tell and provision once more, close. */
  | { kind: 'retry'; region: string; caCertificateId: string; warnings: readonly AdmissionReason[] }
  /** Close; nothing is registered. */
  | { kind: 'refuse'; region: string | undefined; reason: AdmissionReason };

/** Decides from facts alone; the connection gathers them and carries the decision out. */
export function decideAdmission(facts: AdmissionFacts): Admission {
  const { leaf, serverName, now } = facts;
  if (leaf === undefined) return refuse({ code: 'client-certificate-missing' });
  if (serverName.kind === 'foreign') return refuse({ code: 'server-name-foreign', name: serverName.name });
  if (now < leaf.validity.notBefore) {
    return refuse({ code: 'certificate-not-yet-valid', notBefore: isoTime(leaf.validity.notBefore) });
  }
  if (now > leaf.validity.notAfter) {
    return refuse({ code: 'certificate-expired', notAfter: isoTime(leaf.validity.notAfter) });
  }
  return facts.known.length > 0 ? decideKnown(facts) : decideUnknown(facts, leaf);
}

/** An active registration in one Region outweighs a pending or a revoked one in another. */
const RANK = { ACTIVE: 2, PENDING_ACTIVATION: 1, INACTIVE: 0, REVOKED: 0, PENDING_TRANSFER: 0 } as const;

function decideKnown({ known, serverName }: AdmissionFacts): Admission {
  const highest = Math.max(...known.map(({ status }) => RANK[status]));
  const [best, equal] = known.filter(({ status }) => RANK[status] === highest);
  if (best === undefined) throw new RangeError('a known certificate has at least one registration');
  if (equal !== undefined) {
    const regions = known.map(({ region }) => region).join(', ');
    return refuse({ code: 'certificate-in-several-regions', regions });
  }
  const { region } = best;
  if (serverName.kind === 'missing' && best.certificateMode === 'SNI_ONLY') {
    return refuse({ code: 'server-name-required', because: 'SNI_ONLY' }, region);
  }
  const warnings = warningsOf(serverName);
  switch (best.status) {
    case 'ACTIVE':
      return { kind: 'authorize', region, warnings };
    case 'PENDING_ACTIVATION':
      return best.caCertificateId === undefined
        ? refuse({ code: 'certificate-pending-without-ca' }, region)
        : { kind: 'retry', region, caCertificateId: best.caCertificateId, warnings };
    case 'INACTIVE':
    case 'REVOKED':
    case 'PENDING_TRANSFER':
      return refuse({ code: 'certificate-not-active', status: best.status }, region);
  }
}

function decideUnknown(facts: AdmissionFacts, leaf: NonNullable<AdmissionFacts['leaf']>): Admission {
  const { issuers, namesakes, serverName, now } = facts;
  if (issuers.length === 0) {
    return refuse({
      code: namesakes > 0 ? 'issuer-did-not-sign' : 'issuer-not-registered',
      issuer: leaf.issuer,
    });
  }
  if (leaf.keyFault !== undefined) return refuse({ code: 'certificate-key-refused', key: leaf.keyFault });
  // A CA that was sent is meant; one that merely bears the right name is the second choice.
  const sent = issuers.filter((issuer) => issuer.sent);
  const meant = sent.length > 0 ? sent : issuers;
  const [issuer, ...others] = meant.filter((candidate) => closedBecause(candidate, now) === undefined);
  if (issuer === undefined) {
    const [closed] = meant;
    const reason = closed && closedBecause(closed, now);
    if (closed === undefined || reason === undefined)
      throw new RangeError('no CA was open, so one is closed');
    return refuse(reason, closed.region);
  }
  const { region, caCertificateId } = issuer;
  const elsewhere = others.find((other) => other.region !== region);
  if (elsewhere !== undefined) {
    const regions = `${region}, ${elsewhere.region}`;
    return refuse({ code: 'ca-in-several-regions', regions });
  }
  if (!issuer.sent && issuer.sameSubject > 1) {
    return refuse({ code: 'ca-subject-ambiguous', cas: issuer.sameSubject, issuer: leaf.issuer }, region);
  }
  if (serverName.kind === 'missing') {
    if (issuer.certificateMode === 'SNI_ONLY') {
      return refuse({ code: 'server-name-required', because: 'SNI_ONLY' }, region);
    }
    if (!issuer.sent) return refuse({ code: 'server-name-required', because: 'leaf-alone' }, region);
  }
  return { kind: 'register', region, caCertificateId, warnings: warningsOf(serverName) };
}

/** Why a CA registers no new certificates, or undefined when it does. */
function closedBecause(ca: Issuer, now: number): AdmissionReason | undefined {
  const { caCertificateId } = ca;
  if (ca.status !== 'ACTIVE') return { code: 'ca-not-active', caCertificateId };
  if (ca.autoRegistrationStatus !== 'ENABLE') return { code: 'ca-auto-registration-off', caCertificateId };
  if (now < ca.validity.notBefore || now > ca.validity.notAfter) {
    return { code: 'ca-out-of-validity', caCertificateId, notAfter: isoTime(ca.validity.notAfter) };
  }
  return undefined;
}

function warningsOf(serverName: AdmissionFacts['serverName']): AdmissionReason[] {
  return serverName.kind === 'missing' ? [{ code: 'server-name-advised' }] : [];
}

function refuse(reason: AdmissionReason, region?: string): Admission {
  return { kind: 'refuse', region, reason };
}

function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
