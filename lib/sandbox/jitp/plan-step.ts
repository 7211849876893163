import type { PlanStep } from '@/lib/provisioning/plan';
import {
  addThingToBillingGroup,
  removeThingFromBillingGroup,
} from '@/lib/sandbox/operations/billing-groups/billing-group-members';
import { updateCertificate } from '@/lib/sandbox/operations/certificates/certificates';
import { createPolicy } from '@/lib/sandbox/operations/policies/policies';
import { attachPolicy } from '@/lib/sandbox/operations/policies/policy-attachments';
import {
  addThingToThingGroup,
  removeThingFromThingGroup,
} from '@/lib/sandbox/operations/thing-groups/thing-group-members';
import { attachThingPrincipal } from '@/lib/sandbox/operations/things/thing-principals';
import { createThing, updateThing } from '@/lib/sandbox/operations/things/things';
import type { Scope } from '@/lib/sandbox/scope';
import type { RegionState } from '@/lib/sandbox/state/region-state';

/**
 * One step of a plan, by the same functions that answer the REST API.
 * @throws ApiError as those do
 */
export function carryOut(scope: Scope, step: PlanStep): void {
  const { region } = scope;
  switch (step.action) {
    case 'iot:CreateThing':
    case 'iot:UpdateThing': {
      const { thingName, thingTypeName } = step;
      const input = { thingName, thingTypeName, attributePayload: { attributes: { ...step.attributes } } };
      if (step.action === 'iot:CreateThing') createThing(scope, input);
      else updateThing(scope, input);
      return;
    }
    case 'iot:AddThingToThingGroup':
      addThingToThingGroup(scope, { thingName: step.thingName, thingGroupName: step.thingGroupName });
      return;
    case 'iot:RemoveThingFromThingGroup':
      removeThingFromThingGroup(scope, { thingName: step.thingName, thingGroupName: step.thingGroupName });
      return;
    case 'iot:AddThingToBillingGroup':
      addThingToBillingGroup(scope, { thingName: step.thingName, billingGroupName: step.billingGroupName });
      return;
    case 'iot:RemoveThingFromBillingGroup':
      removeThingFromBillingGroup(scope, {
        thingName: step.thingName,
        billingGroupName: step.billingGroupName,
      });
      return;
    case 'iot:CreatePolicy': {
      const { policyName, policyDocument } = step;
      createPolicy(scope, { policyName, policyDocument });
      return;
    }
    case 'iot:AttachPolicy': {
      const target = region.certificateArn(step.certificateId);
      attachPolicy(scope, { policyName: step.policyName, target });
      return;
    }
    case 'iot:AttachThingPrincipal': {
      const principal = region.certificateArn(step.certificateId);
      // Attached before, perhaps exclusively: that serves as well, and asking again would be a conflict.
      if (region.thingPrincipals.has(step.thingName, principal)) return;
      attachThingPrincipal(scope, { thingName: step.thingName, principal });
      return;
    }
    case 'iot:UpdateCertificate': {
      const { certificateId, newStatus } = step;
      updateCertificate(scope, { certificateId, newStatus });
    }
  }
}

/** What a step's permission is asked on; every one of them must be allowed. Service Authorization Reference for AWS IoT. */
export function resourcesOf(region: RegionState, step: PlanStep): readonly string[] {
  switch (step.action) {
    case 'iot:CreatePolicy':
      return [region.policyArn(step.policyName)];
    // AttachPolicy is about the target, AttachThingPrincipal about any.
    case 'iot:AttachPolicy':
    case 'iot:UpdateCertificate':
      return [region.certificateArn(step.certificateId)];
    case 'iot:AttachThingPrincipal':
      return ['*'];
    case 'iot:AddThingToThingGroup':
    case 'iot:RemoveThingFromThingGroup':
      return [region.thingArn(step.thingName), region.arn(`thinggroup/${step.thingGroupName}`)];
    case 'iot:AddThingToBillingGroup':
    case 'iot:RemoveThingFromBillingGroup':
      return [region.thingArn(step.thingName), region.arn(`billinggroup/${step.billingGroupName}`)];
    default:
      return [region.thingArn(step.thingName)];
  }
}
