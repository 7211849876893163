/**
 * "View as CLI" for every call of a run.
 * @module
 */
import { printAwsCommand } from '@/lib/registry/aws-command';
import { cliFor } from '@/lib/registry/cli';
import { assertNever } from '@/lib/result';
import { shellQuote } from '@/lib/shell-quote';
import type { Place } from './place';
import type { Registration } from './registration';
import type { CallId } from './run-plan';

const VERIFICATION_FILE = 'verification.pem';
export const ROLE_DESCRIPTION = 'Lets AWS IoT provision devices at their first connection (JITP)';
/** AWS's article; also what our engine makes. */
const VERIFICATION_DAYS = 500;

export type CommandContext = {
  registration: Registration;
  place: Place;
  files: { certificate: string; key: string };
};

/** The commands that do what the call does: AWS's CLI, and OpenSSL where the browser works alone. */
export function commandOf(id: CallId, { registration, place, files }: CommandContext): string {
  const { newPolicy, newRole, caId } = registration;
  switch (id) {
    case 'find-ca':
      return printAwsCommand(
        { service: 'iot', operation: 'describe-ca-certificate', options: [['certificate-id', caId]] },
        place,
      );
    case 'create-policy':
      return cliFor(
        { kind: 'create-policy', policyName: newPolicy?.name ?? '', document: newPolicy?.document ?? '' },
        place,
      );
    case 'create-role':
      return cliFor(
        {
          kind: 'create-role',
          roleName: newRole?.name ?? '',
          description: ROLE_DESCRIPTION,
          trustPolicy: newRole?.trustPolicy ?? '',
        },
        place,
      );
    case 'attach-role-policy':
      return cliFor(
        { kind: 'attach-role-policy', roleName: newRole?.name ?? '', policyArn: newRole?.policyArn ?? '' },
        place,
      );
    case 'get-registration-code':
      return cliFor({ kind: 'get-registration-code' }, place);
    case 'make-verification':
      return verificationCommands(files);
    case 'register-ca-certificate':
      return cliFor(
        {
          kind: 'register-ca-certificate',
          caCertificateFile: files.certificate,
          verificationCertificateFile: registration.mode === 'DEFAULT' ? VERIFICATION_FILE : undefined,
          setAsActive: registration.setAsActive,
          autoRegistration: registration.autoRegistration,
          registrationConfig: registration.registrationConfig,
        },
        place,
      );
    default:
      return assertNever(id);
  }
}

/** AWS IoT Developer Guide, "Create a CA verification certificate". `REGISTRATION_CODE` is what the call before answered. */
function verificationCommands({ certificate, key }: CommandContext['files']): string {
  return [
    'openssl req -new -newkey rsa:2048 -nodes -keyout verification.key -subj "/CN=$REGISTRATION_CODE" -out verification.csr',
    `openssl x509 -req -in verification.csr -CA ${shellQuote(certificate)} -CAkey ${shellQuote(key)} -CAcreateserial -days ${VERIFICATION_DAYS} -sha256 -out ${VERIFICATION_FILE}`,
  ].join('\n');
}
