/**
 * Attaching and detaching. AWS IoT API Reference: AttachPolicy, DetachPolicy, AttachThingPrincipal, DetachThingPrincipal.
 * @module
 */
import 'server-only';
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  DetachPolicyCommand,
  DetachThingPrincipalCommand,
  type IoTClient,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { toReceipt } from '@/lib/aws/receipt';
import type { Failure } from '@/lib/failure';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';

export type PolicyAttachment = { policyName: string; targetArn: string };
export type ThingAttachment = { thingName: string; principalArn: string };

export type AttachmentChanges = {
  attachPolicy(attachment: PolicyAttachment): Promise<Result<Receipt, Failure>>;
  detachPolicy(attachment: PolicyAttachment): Promise<Result<Receipt, Failure>>;
  attachThingPrincipal(attachment: ThingAttachment): Promise<Result<Receipt, Failure>>;
  /** AWS detaches asynchronously: a delete right after it may be refused for some seconds. */
  detachThingPrincipal(attachment: ThingAttachment): Promise<Result<Receipt, Failure>>;
};

export function attachmentChanges({ call }: Caller<IoTClient>): AttachmentChanges {
  return {
    attachPolicy: ({ policyName, targetArn }) =>
      call(
        'AttachPolicy',
        (iot, options) => iot.send(new AttachPolicyCommand({ policyName, target: targetArn }), options),
        toReceipt,
      ),
    detachPolicy: ({ policyName, targetArn }) =>
      call(
        'DetachPolicy',
        (iot, options) => iot.send(new DetachPolicyCommand({ policyName, target: targetArn }), options),
        toReceipt,
      ),
    attachThingPrincipal: ({ thingName, principalArn }) =>
      call(
        'AttachThingPrincipal',
        (iot, options) =>
          iot.send(new AttachThingPrincipalCommand({ thingName, principal: principalArn }), options),
        toReceipt,
      ),
    detachThingPrincipal: ({ thingName, principalArn }) =>
      call(
        'DetachThingPrincipal',
        (iot, options) =>
          iot.send(new DetachThingPrincipalCommand({ thingName, principal: principalArn }), options),
        toReceipt,
      ),
  };
}
