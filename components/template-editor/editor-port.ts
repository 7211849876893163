/**
 * What the page hands to the editor.
 * @module
 */
import type { RoleReads } from '@/components/template/role-field';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import type { CertificateProfile } from '@/lib/provisioning/lint/certificate-profile';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { Creations } from './create-missing-dialog';

export type EditorPlace = {
  environmentId: string;
  accountId: string;
  region: string;
  cliTarget: CliTarget;
};

/** What is edited. Its words make the key of the draft. */
export type EditorSubject =
  | { kind: 'new' }
  | { kind: 'template'; templateName: string; versionId: number | undefined; description: string | undefined }
  | { kind: 'ca'; caId: string };

export type EditorOpening = { body: string; roleArn: string };

/** What certificates of the CA at hand carry. */
export type EditorCertificates = {
  profile: CertificateProfile;
  /** A handful, each tried whole. */
  samples: readonly CertificateFacts[];
};

/** Where the editor asks, and what it may make; what is left out is not asked and not offered. */
export type EditorLookups = Creations & {
  /** Lists of names, and whether single ones exist: the routes of `name-lookups`. */
  namesUrl?: string | undefined;
  presenceUrl?: string | undefined;
  /** AWS's own answer in the try-out of a policy. */
  authorizationUrl?: string | undefined;
  checkRole?: RoleReads['checkRole'] | undefined;
};

export const NO_LOOKUPS: EditorLookups = {};

export function subjectKey(subject: EditorSubject): string {
  switch (subject.kind) {
    case 'new':
      return 'new';
    case 'template':
      return `template:${subject.templateName}`;
    case 'ca':
      return `ca:${subject.caId}`;
  }
}
