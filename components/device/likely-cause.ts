import type { ProvisioningFailure } from '@/lib/provisioning/provisioning-failure';

/** Why AWS has not activated a certificate, as far as it can be seen from outside. */
export type LikelyCause =
  | { kind: 'evaluation'; failures: ProvisioningFailure[] }
  | { kind: 'role-missing' | 'role-not-trusting' | 'role-elsewhere'; roleArn: string }
  | { kind: 'role-denied'; roleArn: string; actions: string[] }
  /** The template is kept by name, or cannot be parsed: nothing can be evaluated here. */
  | { kind: 'template-not-readable' }
  /** Template and role look right. */
  | { kind: 'nothing-found' };
