/**
 * Things out of AWS's words.
 * @module
 */
import type { DescribeThingResponse, ThingAttribute } from '@aws-sdk/client-iot';
import { required } from '@/lib/aws/required';
import type { ThingDetail, ThingSummary } from '@/lib/registry/thing';

export function toThingSummary(raw: ThingAttribute): ThingSummary {
  return {
    name: required(raw.thingName, 'thingName'),
    arn: required(raw.thingArn, 'thingArn'),
    typeName: raw.thingTypeName,
    attributes: raw.attributes ?? {},
    version: raw.version ?? 1,
  };
}

export function toThingDetail(raw: DescribeThingResponse): ThingDetail {
  return {
    ...toThingSummary(raw),
    defaultClientId: raw.defaultClientId,
    thingId: raw.thingId,
    billingGroupName: raw.billingGroupName,
  };
}
