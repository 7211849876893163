/**
 * What provisioning one device will do, as data.
 * AWS IoT Developer Guide, "Just-in-time provisioning", for the order of the steps.
 * @module
 */
import type { ProvisioningFailure, ProvisioningFinding } from './provisioning-failure';
import type { Presence } from './registry-facts';

export type PlannedThing = {
  name: string;
  /** After this plan, so merged with the existing ones where the template says so. */
  attributes: Readonly<Record<string, string>>;
  typeName: string | undefined;
  groups: readonly string[];
  billingGroup: string | undefined;
  /** `reuse`: it is there and stays as it is; `update`: it is there and its override settings change it. */
  deed: 'create' | 'reuse' | 'update';
};

export type PlannedCertificate = { certificateId: string; status: 'ACTIVE' | 'INACTIVE' };

export type PlannedPolicy = {
  logicalId: string;
  name: string;
  /** Undefined where the template names a policy that must exist. */
  document: string | undefined;
  /** `reuse`: a device before this one, or a person, made it. */
  deed: 'create' | 'reuse';
  presence: Presence;
};

/** One control-plane call; `action` is also the permission that the provisioning role needs. */
export type PlanStep =
  | {
      action: 'iot:CreateThing' | 'iot:UpdateThing';
      thingName: string;
      attributes: Readonly<Record<string, string>>;
      thingTypeName: string | undefined;
    }
  | {
      action: 'iot:AddThingToThingGroup' | 'iot:RemoveThingFromThingGroup';
      thingName: string;
      thingGroupName: string;
    }
  | {
      action: 'iot:AddThingToBillingGroup' | 'iot:RemoveThingFromBillingGroup';
      thingName: string;
      billingGroupName: string;
    }
  | { action: 'iot:CreatePolicy'; policyName: string; policyDocument: string }
  | { action: 'iot:AttachPolicy'; policyName: string; certificateId: string }
  | { action: 'iot:AttachThingPrincipal'; thingName: string; certificateId: string }
  | { action: 'iot:UpdateCertificate'; certificateId: string; newStatus: 'ACTIVE' | 'INACTIVE' };

export type ProvisioningPlan = {
  thing: PlannedThing | undefined;
  certificate: PlannedCertificate;
  policies: readonly PlannedPolicy[];
  /** In AWS's documented order; whoever carries the plan out does exactly these. */
  steps: readonly PlanStep[];
};

/** `failures` is never empty; its first is the one that AWS reports. */
export type Evaluation =
  | { kind: 'plan'; plan: ProvisioningPlan; findings: ProvisioningFinding[] }
  | {
      kind: 'failure';
      failures: [ProvisioningFailure, ...ProvisioningFailure[]];
      findings: ProvisioningFinding[];
    };
