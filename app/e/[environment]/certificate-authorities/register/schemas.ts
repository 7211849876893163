import 'server-only';
import { z } from 'zod';
import { environmentId } from '@/lib/config/environment-list';
import { ISSUERS_MAX } from '@/lib/pki/issuer-bounds';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { roleNameOf } from '@/lib/registry/iam-role';
import { isPolicyName } from '@/lib/registry/iot-policy';

/** One certificate: RSA 4096 with a long subject and many extensions stays below half of this. */
const PEM_CHARACTERS_MAX = 16_384;
/** Service model, `TemplateBody`. */
const TEMPLATE_BODY_CHARACTERS_MAX = 10_240;
/** 2048 count; white space does not, and a document of this size is mostly that. */
const POLICY_DOCUMENT_CHARACTERS_MAX = 16_384;
/** Service model, `RoleArn`. */
const ROLE_ARN_CHARACTERS_MAX = 2048;

const pem = z
  .string()
  .max(PEM_CHARACTERS_MAX)
  .regex(/^-----BEGIN CERTIFICATE-----/, 'not-a-certificate')
  // A private key has no business here, whoever sent it.
  .refine((text) => !text.includes('PRIVATE KEY'), 'private-key');

export const verificationPem = pem;
export const roleName = z.string().regex(/^[\w+=,.@-]{1,64}$/, 'role-name');
export const roleArn = z
  .string()
  .max(ROLE_ARN_CHARACTERS_MAX)
  .refine((arn) => roleNameOf(arn) !== undefined, 'role-arn');
export const policyName = z.string().refine(isPolicyName, 'policy-name');
export const policyDocument = z.string().min(1).max(POLICY_DOCUMENT_CHARACTERS_MAX);

/** What the browser checked already; it is all checked again here. */
export const registration = z.strictObject({
  environment: environmentId,
  caId: z.string().refine(isCertificateId, 'certificate-id'),
  certificatePem: pem,
  issuerPems: z.array(pem).max(ISSUERS_MAX),
  mode: z.enum(['DEFAULT', 'SNI_ONLY']),
  setAsActive: z.boolean(),
  autoRegistration: z.boolean(),
  registrationConfig: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('inline'),
        templateBody: z.string().min(1).max(TEMPLATE_BODY_CHARACTERS_MAX),
        roleArn,
      }),
      z.strictObject({ kind: z.literal('named'), templateName: z.string().regex(/^[0-9A-Za-z_-]{1,36}$/) }),
    ])
    .optional(),
});
