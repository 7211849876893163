/**
 * What can be known about a provisioning role before a device depends on it: facts for people to read, not a verdict.
 * AWS IoT Developer Guide, "Just-in-time provisioning"; IAM User Guide, "Policy evaluation logic".
 * @module
 */
import type { Failure } from '@/lib/failure';
import type { IdentityVerdict } from '@/lib/policy/identity-policy';
import type { TrustVerdict } from '@/lib/policy/trust-policy';

/** The service that assumes the role during provisioning. */
export const PROVISIONING_SERVICE = 'iot.amazonaws.com';

export type ProvisioningRoleFacts =
  /** The text is no role's ARN. */
  | { kind: 'not-a-role' }
  /** A role of another account than the environment's: AWS IoT could not assume it. */
  | { kind: 'other-account'; accountId: string }
  | { kind: 'missing' }
  /** The console's own credentials may not look at it: nothing is known, for good or bad. */
  | { kind: 'not-seen'; failure: Failure }
  | {
      kind: 'seen';
      trust: TrustVerdict;
      permissions: PermissionFacts;
      /** Narrows what the policies allow; its own document was not read. */
      permissionsBoundaryArn: string | undefined;
    };

export type PermissionFacts =
  | { kind: 'not-seen'; failure: Failure }
  | {
      kind: 'seen';
      /** One per needed action, in the order asked. */
      actions: { action: string; verdict: IdentityVerdict }[];
      /** Names of policies whose document could not be read as a policy; they count for nothing. */
      malformed: string[];
    };
