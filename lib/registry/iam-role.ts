/**
 * IAM roles as far as choosing and judging a provisioning role needs them. IAM API Reference: Role, GetRolePolicy.
 * @module
 */

export type RoleSummary = {
  name: string;
  arn: string;
  /** `/` or `/a/b/`. */
  path: string;
  description: string | undefined;
  createdAt: Date | undefined;
  /** The trust policy's JSON text, decoded from the URL encoding IAM sends it in. */
  trustPolicy: string;
};

export type RoleDetail = RoleSummary & { permissionsBoundaryArn: string | undefined };

/** One permission policy of a role; `document` is JSON text, of a managed policy its default version. */
export type RolePolicyDocument =
  | { kind: 'managed'; name: string; arn: string; document: string }
  | { kind: 'inline'; name: string; document: string };

/** The managed policy AWS wrote for provisioning (AWS IoT Developer Guide, "AWS managed policies for AWS IoT"). */
export const THINGS_REGISTRATION_POLICY_ARN = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';

const ROLE_ARN =
  /^arn:[\w-]+:iam::(?<account>\d{12}):role\/(?:[\x21-\x7e]{1,510}\/)?(?<name>[\w+=,.@-]{1,64})$/;

/** The role's own name within its ARN, without the path; undefined when `arn` names no role. */
export const roleNameOf = (arn: string): string | undefined => ROLE_ARN.exec(arn)?.groups?.['name'];

/** The account of a role's ARN, 12 digits; undefined when `arn` names no role. */
export const accountOfRole = (arn: string): string | undefined => ROLE_ARN.exec(arn)?.groups?.['account'];
