/**
 * The role under which AWS IoT provisions: who may assume it and what it must be allowed.
 * AWS IoT Developer Guide, "Just-in-time provisioning" and "AWS managed policies for AWS IoT".
 * @module
 */
import type { PlanStep, ProvisioningPlan } from './plan';
import type { Template } from './template';

export const PROVISIONING_SERVICE = 'iot.amazonaws.com';

/** The managed policy's ARN in the standard partition; in others replace `aws` by the partition's name. */
export const THINGS_REGISTRATION_POLICY_ARN = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';

/** What AWSIoTThingsRegistration allows, on every resource. */
export const THINGS_REGISTRATION_ACTIONS: readonly string[] = [
  'iot:AddThingToThingGroup',
  'iot:AttachPolicy',
  'iot:AttachPrincipalPolicy',
  'iot:AttachThingPrincipal',
  'iot:CreateCertificateFromCsr',
  'iot:CreatePolicy',
  'iot:CreateThing',
  'iot:DescribeCertificate',
  'iot:DescribeThing',
  'iot:DescribeThingGroup',
  'iot:DescribeThingType',
  'iot:DetachPolicy',
  'iot:DetachThingPrincipal',
  'iot:GetPolicy',
  'iot:ListAttachedPolicies',
  'iot:ListPolicyPrincipals',
  'iot:ListPrincipalPolicies',
  'iot:ListPrincipalThings',
  'iot:ListTargetsForPolicy',
  'iot:ListThingGroupsForThing',
  'iot:ListThingPrincipals',
  'iot:RegisterCertificate',
  'iot:RegisterThing',
  'iot:RemoveThingFromThingGroup',
  'iot:UpdateCertificate',
  'iot:UpdateThing',
  'iot:UpdateThingGroupsForThing',
  'iot:AddThingToBillingGroup',
  'iot:DescribeBillingGroup',
  'iot:RemoveThingFromBillingGroup',
];

/** The text of AWSIoTThingsRegistration's document. */
export const THINGS_REGISTRATION_POLICY_DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: THINGS_REGISTRATION_ACTIONS, Resource: ['*'] }],
});

/** The text of the trust policy that lets AWS IoT assume the role. */
export const PROVISIONING_TRUST_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: PROVISIONING_SERVICE }, Action: 'sts:AssumeRole' }],
});

export type ProvisioningAction = PlanStep['action'];

/** The actions the role needs for one device's plan, each once, in the plan's order. */
export function actionsForPlan(plan: ProvisioningPlan): ProvisioningAction[] {
  return [...new Set(plan.steps.map(({ action }) => action))];
}

/** The actions the role can need for any device of a template: the plan's, whatever is already in the registry. */
export function actionsForTemplate(template: Template): ProvisioningAction[] {
  const actions = new Set<ProvisioningAction>();
  for (const { kind, properties = {}, overrideSettings = {} } of template.resources) {
    if (kind === 'thing') {
      actions.add('iot:CreateThing').add('iot:AttachThingPrincipal');
      const overrides = Object.values(overrideSettings);
      const changes = overrides.includes('REPLACE') || overrides.includes('MERGE');
      if (changes) actions.add('iot:UpdateThing');
      if (Object.hasOwn(properties, 'ThingGroups')) {
        actions.add('iot:AddThingToThingGroup');
        if (overrides.includes('REPLACE')) actions.add('iot:RemoveThingFromThingGroup');
      }
      if (Object.hasOwn(properties, 'BillingGroup')) {
        actions.add('iot:AddThingToBillingGroup');
        if (overrides.includes('REPLACE')) actions.add('iot:RemoveThingFromBillingGroup');
      }
    }
    if (kind === 'policy') {
      if (Object.hasOwn(properties, 'PolicyDocument')) actions.add('iot:CreatePolicy');
      actions.add('iot:AttachPolicy');
    }
    if (kind === 'certificate') actions.add('iot:UpdateCertificate');
  }
  return [...actions];
}
