/**
 * Three templates to start from: AWS's own, with account, Region, role and policy name filled in.
 * AWS Knowledge Center, "How can I use just-in-time provisioning with AWS IoT Core?".
 * @module
 */
import admin from './fixtures/jitp-admin.json';
import predefined from './fixtures/jitp-predefined-policy.json';
import scoped from './fixtures/jitp-scoped.json';
import type { RegistrationConfig } from './registration-config';

export const STARTER_KINDS = ['scoped', 'admin', 'predefined-policy'] as const;
export type StarterKind = (typeof STARTER_KINDS)[number];

/** Starters that give a device every right in the account's broker. */
export const LAB_ONLY_STARTERS: readonly StarterKind[] = ['admin'];

export type StarterValues = {
  /** 12 digits. */
  accountId: string;
  region: string;
  roleArn: string;
  /** For `predefined-policy`: an IoT policy that exists. */
  policyName: string;
};

const CONFIGS: Readonly<Record<StarterKind, { templateBody: string; roleArn: string }>> = {
  scoped,
  admin,
  'predefined-policy': predefined,
};

/**
 * The registration config of a starter.
 *
 * @throws RangeError when account or Region do not have their form (they come from an environment's configuration)
 */
export function starterConfig(
  kind: StarterKind,
  values: StarterValues,
): RegistrationConfig & { kind: 'inline' } {
  const { accountId, region, roleArn, policyName } = values;
  if (!/^\d{12}$/.test(accountId)) throw new RangeError(`not an account id: ${accountId}`);
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(region)) throw new RangeError(`not a Region: ${region}`);
  const templateBody = CONFIGS[kind].templateBody
    .replaceAll('<ACCOUNT_ID>', accountId)
    .replaceAll('arn:aws:iot:us-east-2:', `arn:${partitionOf(region)}:iot:${region}:`)
    // As data within JSON, whatever a person typed: the quotes of the literal are already there.
    .replaceAll('Policy_Name', () => JSON.stringify(policyName).slice(1, -1));
  return { kind: 'inline', templateBody, roleArn };
}

/** The ARN partition of a Region. AWS General Reference, "Amazon Resource Names". */
export function partitionOf(region: string): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
