/**
 * A CA as the form that issues needs it: plain data that travels from the page to the browser.
 * @module
 */
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import type { CaStatus, CertificateMode } from './certificate-authority';
import type { ProvisioningTemplateDetail } from './provisioning-template';

/** What happens at a device's first contact. */
export type IssuingTemplate =
  | { kind: 'inline'; templateBody: string; roleArn: string }
  /** A template that AWS keeps by name, as it is now or why it could not be read; undefined where nobody asked, as in lists of CAs. */
  | { kind: 'named'; templateName: string; inForce: Result<NamedTemplateInForce, Failure> | undefined }
  /** None: just-in-time registration. */
  | { kind: 'none' };

/** The text is that of the default version. */
export type NamedTemplateInForce = Pick<ProvisioningTemplateDetail, 'templateBody' | 'isEnabled' | 'type'>;

/** What devices of the CA are provisioned by, whether or not it can be read; undefined where there is none, or AWS did not tell. */
export function templateBodyOf(template: IssuingTemplate): string | undefined {
  if (template.kind === 'inline') return template.templateBody;
  return template.kind === 'named' && template.inForce?.ok ? template.inForce.value.templateBody : undefined;
}

export type IssuingCa = {
  caId: string;
  /** Its common name, else the whole subject, else empty. */
  name: string;
  subject: string;
  country: string | undefined;
  certificatePem: string;
  /** What stands above it, nearest first, as far as the console was told; AWS knows nothing of it. */
  issuerPems: readonly string[];
  status: CaStatus;
  mode: CertificateMode;
  autoRegistration: boolean;
  /** ISO 8601. */
  notBefore: string;
  notAfter: string;
  template: IssuingTemplate;
};

/** Why no device can be issued under a CA now. */
export type CaObstacle = 'inactive' | 'expired' | 'not-yet-valid' | 'unreadable';

/** `notBefore` and `notAfter` as in {@link IssuingCa}, undefined where the certificate could not be read. */
export function caObstacle(
  ca: { status: CaStatus; notBefore: string | undefined; notAfter: string | undefined },
  nowMs: number,
): CaObstacle | undefined {
  if (ca.status !== 'ACTIVE') return 'inactive';
  if (ca.notBefore === undefined || ca.notAfter === undefined) return 'unreadable';
  if (nowMs > Date.parse(ca.notAfter)) return 'expired';
  return nowMs < Date.parse(ca.notBefore) ? 'not-yet-valid' : undefined;
}
