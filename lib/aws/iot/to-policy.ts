/**
 * IoT policies out of AWS's words.
 * @module
 */
import type { PolicyVersion as AwsPolicyVersion, GetPolicyResponse, Policy } from '@aws-sdk/client-iot';
import { required } from '@/lib/aws/required';
import type { PolicyDetail, PolicySummary, PolicyVersion } from '@/lib/registry/iot-policy';

export function toPolicySummary(raw: Policy): PolicySummary {
  return { name: required(raw.policyName, 'policyName'), arn: required(raw.policyArn, 'policyArn') };
}

export function toPolicyDetail(raw: GetPolicyResponse): PolicyDetail {
  return {
    ...toPolicySummary(raw),
    document: required(raw.policyDocument, 'policyDocument'),
    defaultVersionId: required(raw.defaultVersionId, 'defaultVersionId'),
    createdAt: raw.creationDate,
    lastModifiedAt: raw.lastModifiedDate,
  };
}

export function toPolicyVersion(raw: AwsPolicyVersion): PolicyVersion {
  return {
    versionId: required(raw.versionId, 'versionId'),
    isDefault: raw.isDefaultVersion ?? false,
    createdAt: raw.createDate,
  };
}
