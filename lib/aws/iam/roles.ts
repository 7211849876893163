/**
 * IAM roles. IAM API Reference: ListRoles, GetRole, CreateRole, DeleteRole, AttachRolePolicy, PutRolePolicy,
 * DeleteRolePolicy.
 * @module
 */
import 'server-only';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  type IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
  type Role,
} from '@aws-sdk/client-iam';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import { toReceipt } from '@/lib/aws/receipt';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import type { RoleDetail, RoleSummary } from '@/lib/registry/iam-role';
import type { Page, PageRequest } from '@/lib/registry/page';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';
import { decodePolicyDocument } from './policy-document';

export type NewRole = { name: string; description: string; trustPolicy: string };

export type RoleOperations = {
  listRoles(page: PageRequest): Promise<Result<Page<RoleSummary>, Failure>>;
  getRole(name: string): Promise<Result<RoleDetail, Failure>>;
  createRole(role: NewRole): Promise<Result<Receipt & RoleDetail, Failure>>;
  /** Attaches a managed policy; again is no error. */
  attachRolePolicy(attachment: { roleName: string; policyArn: string }): Promise<Result<Receipt, Failure>>;
  /** Writes an inline policy, or puts it in the place of the one of its name. */
  putRolePolicy(policy: {
    roleName: string;
    policyName: string;
    document: string;
  }): Promise<Result<Receipt, Failure>>;
  deleteRolePolicy(policy: { roleName: string; policyName: string }): Promise<Result<Receipt, Failure>>;
  /** AWS refuses while policies are on it (409). */
  deleteRole(name: string): Promise<Result<Receipt, Failure>>;
};

export function roleOperations({ call }: Caller<IAMClient>): RoleOperations {
  return {
    listRoles: ({ pageSize, token }) =>
      call(
        'ListRoles',
        (iam, options) => iam.send(new ListRolesCommand({ MaxItems: pageSize, Marker: token }), options),
        ({ Roles, IsTruncated, Marker }) => ({
          items: (Roles ?? []).map(toRoleSummary),
          nextToken: IsTruncated === true ? required(Marker, 'Marker') : undefined,
        }),
      ),

    async getRole(name) {
      const answer = await call(
        'GetRole',
        (iam, options) => iam.send(new GetRoleCommand({ RoleName: name }), options),
        ({ Role }) => toRoleDetail(required(Role, 'Role')),
      );
      return orNotFound(answer, 'role', name);
    },

    createRole: ({ name, description, trustPolicy }) =>
      call(
        'CreateRole',
        (iam, options) =>
          iam.send(
            new CreateRoleCommand({
              RoleName: name,
              Description: description,
              AssumeRolePolicyDocument: trustPolicy,
            }),
            options,
          ),
        (output) => ({ ...toReceipt(output), ...toRoleDetail(required(output.Role, 'Role')) }),
      ),

    async attachRolePolicy({ roleName, policyArn }) {
      const answer = await call(
        'AttachRolePolicy',
        (iam, options) =>
          iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: policyArn }), options),
        toReceipt,
      );
      return orNotFound(answer, 'role', roleName);
    },

    async putRolePolicy({ roleName, policyName, document }) {
      const answer = await call(
        'PutRolePolicy',
        (iam, options) =>
          iam.send(
            new PutRolePolicyCommand({
              RoleName: roleName,
              PolicyName: policyName,
              PolicyDocument: document,
            }),
            options,
          ),
        toReceipt,
      );
      return orNotFound(answer, 'role', roleName);
    },

    async deleteRolePolicy({ roleName, policyName }) {
      const answer = await call(
        'DeleteRolePolicy',
        (iam, options) =>
          iam.send(new DeleteRolePolicyCommand({ RoleName: roleName, PolicyName: policyName }), options),
        toReceipt,
      );
      return orNotFound(answer, 'role', roleName);
    },

    async deleteRole(name) {
      const answer = await call(
        'DeleteRole',
        (iam, options) => iam.send(new DeleteRoleCommand({ RoleName: name }), options),
        toReceipt,
      );
      return orNotFound(answer, 'role', name);
    },
  };
}

function toRoleSummary(raw: Role): RoleSummary {
  return {
    name: required(raw.RoleName, 'RoleName'),
    arn: required(raw.Arn, 'Arn'),
    path: raw.Path ?? '/',
    description: raw.Description,
    createdAt: raw.CreateDate,
    trustPolicy: decodePolicyDocument(required(raw.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument')),
  };
}

function toRoleDetail(raw: Role): RoleDetail {
  return { ...toRoleSummary(raw), permissionsBoundaryArn: raw.PermissionsBoundary?.PermissionsBoundaryArn };
}
