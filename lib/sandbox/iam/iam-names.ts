/**
 * Patterns and identifiers of IAM. IAM User Guide, "IAM identifiers"; IAM API Reference.
 * @module
 */
import { randomInt } from 'node:crypto';

export const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;
export const POLICY_NAME = /^[\w+=,.@-]{1,128}$/;
export const POLICY_ARN = /^arn:[!-~]{16,2044}$/;
export const PATH = /^(?:\/|\/[!-~]+\/)$/;
export const PATH_PREFIX = /^\/[!-~]{0,511}$/;
export const DESCRIPTION = /^[\s\S]{0,1000}$/;

/** Role ARNs; groups: account, path, name. */
export const ROLE_ARN = /^arn:aws(?:-cn|-us-gov)?:iam::(\d{12}):role(\/(?:[!-.0-~]+\/)*)([\w+=,.@-]{1,64})$/;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const UNIQUE_LENGTH = 17;

/** @param prefix - tells the kind: AROA a role, ANPA a managed policy, ASIA a temporary access key */
export function uniqueId(prefix: 'AROA' | 'ANPA' | 'ASIA'): string {
  const letters = Array.from({ length: UNIQUE_LENGTH - (prefix === 'ASIA' ? 1 : 0) }, () =>
    LETTERS.charAt(randomInt(LETTERS.length)),
  );
  return `${prefix}${letters.join('')}`;
}
