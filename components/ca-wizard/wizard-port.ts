/**
 * What the wizard needs from the page: the lists it read and the actions that change AWS. All of it is plain data.
 * @module
 */
import type { Failure } from '@/lib/failure';
import type { CertificateMode, RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import type { Result } from '@/lib/result';
import type { CaDifference } from './run-plan';

export type RoleOption = { name: string; arn: string; trustsIot: boolean };

/** `isWhole` is false when AWS has more than was read. */
export type Listed<Item> = Result<{ items: Item[]; isWhole: boolean }, Failure>;

export type WizardLists = { roles: Promise<Listed<RoleOption>>; policyNames: Promise<Listed<string>> };

export type RegistrationInput = {
  environment: string;
  caId: string;
  certificatePem: string;
  issuerPems: readonly string[];
  mode: CertificateMode;
  setAsActive: boolean;
  autoRegistration: boolean;
  registrationConfig?: RegistrationConfig | undefined;
};

export type CaPresence =
  | { kind: 'absent' }
  | { kind: 'was-there' }
  | { kind: 'differs'; differences: CaDifference[] };

export type WizardActions = {
  checkRole(input: {
    environment: string;
    roleArn: string;
    neededActions: string[];
  }): Promise<Result<ProvisioningRoleFacts, Failure>>;
  findCa(input: RegistrationInput): Promise<Result<CaPresence, Failure>>;
  createPolicy(input: {
    environment: string;
    name: string;
    document: string;
  }): Promise<Result<{ kind: 'made' | 'was-there' | 'differs' }, Failure>>;
  /** The server alone decides what the role trusts and may do. */
  createRole(input: {
    environment: string;
    name: string;
  }): Promise<
    Result<{ kind: 'made' | 'was-there' | 'not-trusting' } | { kind: 'elsewhere'; arn: string }, Failure>
  >;
  attachRolePolicy(input: {
    environment: string;
    name: string;
  }): Promise<Result<{ kind: 'made' | 'was-there' | 'not-trusting' }, Failure>>;
  getRegistrationCode(input: { environment: string }): Promise<Result<string, Failure>>;
  registerCa(
    input: RegistrationInput & { verificationPem?: string | undefined },
  ): Promise<Result<{ kind: 'made' } | Exclude<CaPresence, { kind: 'absent' }>, Failure>>;
};
