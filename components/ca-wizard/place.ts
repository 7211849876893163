import { partitionOf } from '@/lib/provisioning/starters';

/** The account and Region that a CA is registered in, as far as the wizard writes them into documents and commands. */
export type Place = {
  environmentId: string;
  accountId: string;
  region: string;
  /** Undefined: AWS's own. */
  endpoints: { iot: string | undefined; iam: string | undefined };
};

/** The ARN that a role of this name will have. */
export const roleArnFor = ({ accountId, region }: Place, roleName: string): string =>
  `arn:${partitionOf(region)}:iam::${accountId}:role/${roleName}`;

/** A policy that AWS manages, in the partition of the Region. */
export const managedPolicyArnIn = ({ region }: Place, arn: string): string =>
  arn.replace(/^arn:aws:/, `arn:${partitionOf(region)}:`);
