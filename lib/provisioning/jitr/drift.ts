/**
 * What stands in the account, and how it differs from what the settings would make.
 * @module
 */
import { isSameJson } from '@/lib/policy/json-tree';
import { FUNCTION_DESCRIPTION, type JitrArtefacts, SQL_VERSION } from './artefacts';
import type { JitrPresence } from './calls';
import {
  HANDLER_MEMORY_MEGABYTES,
  HANDLER_NAME,
  HANDLER_RUNTIME,
  HANDLER_TIMEOUT_SECONDS,
} from './handler-source';

/** As AWS has it; undefined: it is not there. */
export type JitrDeployment = {
  role:
    | { arn: string; description: string | undefined; trustPolicy: string; policy: string | undefined }
    | undefined;
  function:
    | {
        arn: string;
        description: string;
        runtime: string | undefined;
        handler: string | undefined;
        roleArn: string | undefined;
        timeoutSeconds: number | undefined;
        memoryMegabytes: number | undefined;
        codeSha256: string | undefined;
        /** Its policy lets the rule call it. */
        mayRuleCall: boolean;
      }
    | undefined;
  rule:
    | {
        description: string | undefined;
        sql: string;
        sqlVersion: string | undefined;
        isEnabled: boolean;
        functionArns: readonly string[];
      }
    | undefined;
};

export const DEVIATIONS = [
  'role-missing',
  'role-trust',
  'role-policy',
  'function-missing',
  'function-code',
  'function-settings',
  'permission-missing',
  'rule-missing',
  'rule-sql',
  'rule-target',
] as const;
export type Deviation = (typeof DEVIATIONS)[number];

export const JITR_RESOURCES = ['role', 'function', 'rule'] as const;
export type JitrResource = (typeof JITR_RESOURCES)[number];

export type JitrState =
  | { kind: 'absent' }
  /** Under this name stands something that no set-up of the console has made; it is left alone. */
  | { kind: 'not-ours'; resources: readonly JitrResource[] }
  | { kind: 'there'; isEnabled: boolean; deviations: readonly Deviation[] };

export const presenceOf = (deployment: JitrDeployment): JitrPresence => ({
  role: deployment.role !== undefined,
  function: deployment.function !== undefined,
  rule: deployment.rule !== undefined,
});

/** @param codeSha256 - of the package that the settings make, in base64 as Lambda tells it */
export function jitrState(
  deployment: JitrDeployment,
  artefacts: JitrArtefacts,
  codeSha256: string,
): JitrState {
  const there = JITR_RESOURCES.filter((resource) => deployment[resource] !== undefined);
  if (there.length === 0) return { kind: 'absent' };
  const foreign = there.filter((resource) => !isOurs(deployment[resource]?.description));
  if (foreign.length > 0) return { kind: 'not-ours', resources: foreign };
  const { role, function: fn, rule } = deployment;
  return {
    kind: 'there',
    isEnabled: rule?.isEnabled === true,
    deviations: [
      ...(role === undefined ? (['role-missing'] as const) : roleDeviations(role, artefacts)),
      ...(fn === undefined ? (['function-missing'] as const) : functionDeviations(fn, artefacts, codeSha256)),
      ...(rule === undefined ? (['rule-missing'] as const) : ruleDeviations(rule, artefacts)),
    ],
  };
}

/** The description is the mark by which the console knows its own. */
export const isOurs = (description: string | undefined): boolean => description === FUNCTION_DESCRIPTION;

type Part<Name extends JitrResource> = NonNullable<JitrDeployment[Name]>;

function roleDeviations({ trustPolicy, policy }: Part<'role'>, artefacts: JitrArtefacts): Deviation[] {
  const deviations: Deviation[] = [];
  if (!isSameJson(trustPolicy, artefacts.trustPolicy)) deviations.push('role-trust');
  if (policy === undefined || !isSameJson(policy, artefacts.rolePolicy)) deviations.push('role-policy');
  return deviations;
}

function functionDeviations(fn: Part<'function'>, artefacts: JitrArtefacts, codeSha256: string): Deviation[] {
  const deviations: Deviation[] = [];
  if (fn.codeSha256 !== codeSha256) deviations.push('function-code');
  if (!hasSettings(fn, artefacts)) deviations.push('function-settings');
  if (!fn.mayRuleCall) deviations.push('permission-missing');
  return deviations;
}

/** Runtime, handler, role, time and memory are as they should be. */
export const hasSettings = (fn: Omit<Part<'function'>, 'mayRuleCall'>, { roleArn }: JitrArtefacts): boolean =>
  fn.runtime === HANDLER_RUNTIME &&
  fn.handler === HANDLER_NAME &&
  fn.roleArn === roleArn &&
  fn.timeoutSeconds === HANDLER_TIMEOUT_SECONDS &&
  fn.memoryMegabytes === HANDLER_MEMORY_MEGABYTES;

function ruleDeviations(rule: Part<'rule'>, { sql, functionArn }: JitrArtefacts): Deviation[] {
  const deviations: Deviation[] = [];
  if (rule.sql !== sql || rule.sqlVersion !== SQL_VERSION) deviations.push('rule-sql');
  if (rule.functionArns.length !== 1 || rule.functionArns[0] !== functionArn) deviations.push('rule-target');
  return deviations;
}
