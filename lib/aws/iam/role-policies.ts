/**
 * The permission policies of a role, with their documents. IAM API Reference: ListAttachedRolePolicies,
 * ListRolePolicies, GetPolicy, GetPolicyVersion, GetRolePolicy.
 * @module
 */
import 'server-only';
import {
  type AttachedPolicy,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import type { Caller } from '@/lib/aws/call';
import { collect } from '@/lib/aws/collect';
import { orNotFound } from '@/lib/aws/or-not-found';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import type { RolePolicyDocument } from '@/lib/registry/iam-role';
import { ok, type Result } from '@/lib/result';
import { decodePolicyDocument } from './policy-document';

/**
 * More policies than this on one role are not read. IAM lets a role have 20 managed policies at most, and inline ones
 * within 10 240 characters together (IAM quotas).
 */
const POLICIES_MAX = 100;

export type RolePolicyReads = {
  /** Managed and inline policies with their documents; fails as a whole when one of them cannot be read. */
  rolePolicyDocuments(roleName: string): Promise<Result<RolePolicyDocument[], Failure>>;
};

export function rolePolicyReads({ call }: Caller<IAMClient>): RolePolicyReads {
  const attachedPolicies = (RoleName: string, Marker: string | undefined) =>
    call(
      'ListAttachedRolePolicies',
      (iam, options) => iam.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker }), options),
      ({ AttachedPolicies, IsTruncated, Marker }) => ({
        items: AttachedPolicies ?? [],
        nextToken: IsTruncated === true ? Marker : undefined,
      }),
    );

  const inlineNames = (RoleName: string, Marker: string | undefined) =>
    call(
      'ListRolePolicies',
      (iam, options) => iam.send(new ListRolePoliciesCommand({ RoleName, Marker }), options),
      ({ PolicyNames, IsTruncated, Marker }) => ({
        items: PolicyNames ?? [],
        nextToken: IsTruncated === true ? Marker : undefined,
      }),
    );

  async function managedDocument(raw: AttachedPolicy): Promise<Result<RolePolicyDocument, Failure>> {
    const arn = required(raw.PolicyArn, 'PolicyArn');
    const version = await call(
      'GetPolicy',
      (iam, options) => iam.send(new GetPolicyCommand({ PolicyArn: arn }), options),
      ({ Policy }) => required(Policy?.DefaultVersionId, 'DefaultVersionId'),
    );
    if (!version.ok) return version;
    return call(
      'GetPolicyVersion',
      (iam, options) =>
        iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version.value }), options),
      ({ PolicyVersion }) => ({
        kind: 'managed',
        name: required(raw.PolicyName, 'PolicyName'),
        arn,
        document: decodePolicyDocument(required(PolicyVersion?.Document, 'Document')),
      }),
    );
  }

  const inlineDocument = (RoleName: string, name: string): Promise<Result<RolePolicyDocument, Failure>> =>
    call(
      'GetRolePolicy',
      (iam, options) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: name }), options),
      ({ PolicyDocument }) => ({
        kind: 'inline',
        name,
        document: decodePolicyDocument(required(PolicyDocument, 'PolicyDocument')),
      }),
    );

  return {
    async rolePolicyDocuments(roleName) {
      const attached = await collect((token) => attachedPolicies(roleName, token), POLICIES_MAX);
      if (!attached.ok) return orNotFound(attached, 'role', roleName);
      const inline = await collect((token) => inlineNames(roleName, token), POLICIES_MAX);
      if (!inline.ok) return orNotFound(inline, 'role', roleName);

      const read = await Promise.all([
        ...attached.value.map(managedDocument),
        ...inline.value.map((name) => inlineDocument(roleName, name)),
      ]);
      const documents: RolePolicyDocument[] = [];
      for (const document of read) {
        if (!document.ok) return document;
        documents.push(document.value);
      }
      return ok(documents);
    },
  };
}
