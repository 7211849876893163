/**
 * Everything that a set-up is made of in the account. The same settings make the same artefacts, to the byte.
 * @module
 */
import { partitionOf } from '@/lib/provisioning/starters';
import { executionRolePolicy, FUNCTION_TRUST_POLICY, type JitrPlace } from './execution-role';
import { HANDLER_FILE, handlerSource } from './handler-source';
import type { JitrSettings } from './settings';
import { storedZip } from './stored-zip';

/** AWS IoT Developer Guide, "SQL versions": the one its JITR page uses. */
export const SQL_VERSION = '2016-03-23';
export const PACKAGE_FILE = 'function.zip';
export const ROLE_POLICY_NAME = 'jitr';
export const FUNCTION_DESCRIPTION = 'Just-in-time registration of devices, made by JITP Console';

export type JitrArtefacts = {
  /** Function, rule, and the statement that lets the one call the other, have one name. */
  name: string;
  roleName: string;
  functionArn: string;
  ruleArn: string;
  roleArn: string;
  accountId: string;
  region: string;
  /** The rule's SQL. */
  sql: string;
  trustPolicy: string;
  rolePolicy: string;
  /** The handler, `index.js`. */
  source: string;
  /** The package that Lambda gets. */
  packageZip: Uint8Array<ArrayBuffer>;
};

export const roleNameOfSetUp = (name: string): string => `${name}_function`;

/**
 * The artefacts of a set-up.
 *
 * @param allowedIds - what the ledger has, where the settings ask for it
 */
export function jitrArtefacts(
  settings: JitrSettings,
  place: JitrPlace,
  allowedIds: readonly string[],
): JitrArtefacts {
  const { name, scope, allowList } = settings;
  const { accountId, region, caId } = place;
  const partition = partitionOf(region);
  const source = handlerSource(settings, {
    caId: scope === 'one-ca' ? caId : undefined,
    allowedIds: allowedIdsOf(allowList, allowedIds),
  });
  return {
    name,
    roleName: roleNameOfSetUp(name),
    functionArn: `arn:${partition}:lambda:${region}:${accountId}:function:${name}`,
    ruleArn: `arn:${partition}:iot:${region}:${accountId}:rule/${name}`,
    roleArn: `arn:${partition}:iam::${accountId}:role/${roleNameOfSetUp(name)}`,
    accountId,
    region,
    sql: registrationSql(scope === 'one-ca' ? caId : '+'),
    trustPolicy: FUNCTION_TRUST_POLICY,
    rolePolicy: executionRolePolicy(settings, place),
    source,
    packageZip: storedZip([{ name: HANDLER_FILE, bytes: new TextEncoder().encode(source) }]),
  };
}

/** As AWS's guide writes it; `+` stands for every CA. */
export const registrationSql = (caId: string): string =>
  `SELECT * FROM '$aws/events/certificates/registered/${caId}' WHERE certificateStatus = "PENDING_ACTIVATION"`;

function allowedIdsOf(
  allowList: JitrSettings['allowList'],
  ofLedger: readonly string[],
): readonly string[] | undefined {
  if (allowList.kind === 'none') return undefined;
  return allowList.kind === 'ledger' ? ofLedger : allowList.certificateIds;
}
