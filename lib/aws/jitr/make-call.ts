/**
 * One call of a set-up, made so that it can be repeated: what is there is looked at first, and what the console has not made is left
 * alone.
 * @module
 */
import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { type IamGateway, iamFor } from '@/lib/aws/iam-gateway';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import type { FunctionSettings } from '@/lib/aws/lambda/functions';
import { type LambdaGateway, lambdaFor } from '@/lib/aws/lambda-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { isSameJson } from '@/lib/policy/json-tree';
import {
  FUNCTION_DESCRIPTION,
  type JitrArtefacts,
  ROLE_POLICY_NAME,
} from '@/lib/provisioning/jitr/artefacts';
import { type JitrCall, topicRulePayload } from '@/lib/provisioning/jitr/calls';
import { hasSettings, isOurs, type JitrResource } from '@/lib/provisioning/jitr/drift';
import {
  HANDLER_MEMORY_MEGABYTES,
  HANDLER_NAME,
  HANDLER_RUNTIME,
  HANDLER_TIMEOUT_SECONDS,
} from '@/lib/provisioning/jitr/handler-source';
import type { Receipt } from '@/lib/registry/receipt';
import { assertNever, ok, type Result } from '@/lib/result';
import { packageSha256 } from './package-sha256';

export type JitrCallOutcome =
  | { kind: 'made' | 'changed' | 'was-there' | 'gone'; requestId?: string | undefined }
  /** Something else has the name. */
  | { kind: 'not-ours'; resource: JitrResource };

type Outcome = Promise<Result<JitrCallOutcome, Failure>>;
type Tools = { iam: IamGateway; iot: IotGateway; lambda: LambdaGateway; artefacts: JitrArtefacts };

/** IAM is eventually consistent: Lambda refuses a role that was made some seconds ago. Lambda Developer Guide, "Troubleshooting". */
const ROLE_WAITS_MS = [1000, 2000, 3000, 4000, 5000];
/** A function that changes refuses the next change until it is settled; AWS takes some seconds. */
const SETTLED_WAITS_MS = [0, 500, 1000, 2000, 3000, 4000];

export async function makeJitrCall(
  environment: Environment,
  artefacts: JitrArtefacts,
  call: JitrCall,
): Outcome {
  const tools: Tools = {
    iam: iamFor(environment),
    iot: iotFor(environment),
    lambda: lambdaFor(environment),
    artefacts,
  };
  switch (call) {
    case 'create-role':
      return ensureRole(tools);
    case 'put-role-policy':
      return ensureRolePolicy(tools);
    case 'create-function':
      return ensureFunction(tools);
    case 'update-function-configuration':
      return ensureConfiguration(tools);
    case 'update-function-code':
      return ensureCode(tools);
    case 'add-permission':
      return ensurePermission(tools);
    case 'create-topic-rule':
    case 'replace-topic-rule':
      return ensureRule(tools);
    case 'enable-topic-rule':
      return switchRule(tools, true);
    case 'disable-topic-rule':
      return switchRule(tools, false);
    case 'delete-topic-rule':
      return removeRule(tools);
    case 'delete-function':
      return removeFunction(tools);
    case 'delete-role-policy':
      return removeRolePolicy(tools);
    case 'delete-role':
      return removeRole(tools);
    default:
      return assertNever(call);
  }
}

async function ensureRole({ iam, artefacts: { roleName, trustPolicy } }: Tools): Outcome {
  const found = await iam.getRole(roleName);
  if (found.ok) {
    const isSame = isOurs(found.value.description) && isSameJson(found.value.trustPolicy, trustPolicy);
    return ok(isSame ? { kind: 'was-there' } : { kind: 'not-ours', resource: 'role' });
  }
  if (found.failure.kind !== 'not-found') return found;
  return done('made', iam.createRole({ name: roleName, description: FUNCTION_DESCRIPTION, trustPolicy }));
}

async function ensureRolePolicy({ iam, artefacts: { roleName, rolePolicy } }: Tools): Outcome {
  const role = await iam.getRole(roleName);
  if (!role.ok) return role;
  if (!isOurs(role.value.description)) return ok({ kind: 'not-ours', resource: 'role' });
  const documents = await iam.rolePolicyDocuments(roleName);
  if (!documents.ok) return documents;
  const found = documents.value.find(({ kind, name }) => kind === 'inline' && name === ROLE_POLICY_NAME);
  if (found !== undefined && isSameJson(found.document, rolePolicy)) return ok({ kind: 'was-there' });
  const put = iam.putRolePolicy({ roleName, policyName: ROLE_POLICY_NAME, document: rolePolicy });
  return done(found === undefined ? 'made' : 'changed', put);
}

async function ensureFunction(tools: Tools): Outcome {
  const { lambda, artefacts } = tools;
  const found = await lambda.getFunction(artefacts.name);
  if (!found.ok) return found;
  if (found.value !== undefined) {
    const configured = await ensureConfiguration(tools);
    if (!configured.ok || configured.value.kind === 'not-ours') return configured;
    const coded = await ensureCode(tools);
    return coded.ok && coded.value.kind === 'was-there' ? configured : coded;
  }
  const create = () => lambda.createFunction(functionSettings(artefacts), artefacts.packageZip);
  let created = await create();
  for (const waitMs of ROLE_WAITS_MS) {
    if (created.ok || !isRoleTooNew(created.failure)) break;
    await sleep(waitMs);
    created = await create();
  }
  if (!created.ok) return created;
  const settled = await untilSettled(tools);
  return settled.ok ? ok({ kind: 'made', requestId: created.value.requestId }) : settled;
}

async function ensureConfiguration(tools: Tools): Outcome {
  const { lambda, artefacts } = tools;
  const found = await lambda.getFunction(artefacts.name);
  if (!found.ok) return found;
  if (found.value === undefined) return ensureFunction(tools);
  if (!isOurs(found.value.description)) return ok({ kind: 'not-ours', resource: 'function' });
  if (hasSettings(found.value, artefacts)) return ok({ kind: 'was-there' });
  const changed = await done('changed', lambda.updateFunctionConfiguration(functionSettings(artefacts)));
  const settled = await untilSettled(tools);
  return settled.ok ? changed : settled;
}

async function ensureCode(tools: Tools): Outcome {
  const { lambda, artefacts } = tools;
  const { name, packageZip } = artefacts;
  const found = await lambda.getFunction(name);
  if (!found.ok) return found;
  if (found.value === undefined) return ensureFunction(tools);
  if (!isOurs(found.value.description)) return ok({ kind: 'not-ours', resource: 'function' });
  if (found.value.codeSha256 === packageSha256(packageZip)) return ok({ kind: 'was-there' });
  const changed = await done('changed', lambda.updateFunctionCode(name, packageZip));
  const settled = await untilSettled(tools);
  return settled.ok ? changed : settled;
}

async function ensurePermission({ lambda, artefacts: { name, ruleArn, accountId } }: Tools): Outcome {
  const may = await lambda.mayRuleCall(name, ruleArn);
  if (!may.ok) return may;
  if (may.value) return ok({ kind: 'was-there' });
  const permission = { functionName: name, statementId: name, ruleArn, accountId };
  const added = await lambda.addRulePermission(permission);
  if (added.ok) return ok({ kind: 'made', requestId: added.value.requestId });
  if (!isAws(added.failure, 'ResourceConflictException')) return added;
  // The statement is there and allows something else.
  const removed = await lambda.removePermission(name, name);
  return removed.ok ? done('changed', lambda.addRulePermission(permission)) : removed;
}

async function ensureRule({ iot, artefacts }: Tools): Outcome {
  const { name } = artefacts;
  const found = await iot.getTopicRule(name);
  if (!found.ok) return found;
  const rule = { name, payload: topicRulePayload(artefacts) };
  if (found.value === undefined) return done('made', iot.createTopicRule(rule));
  if (!isOurs(found.value.description)) return ok({ kind: 'not-ours', resource: 'rule' });
  const { sql, sqlVersion, functionArns, isEnabled } = found.value;
  const isSame =
    isEnabled &&
    sql === artefacts.sql &&
    sqlVersion === rule.payload.awsIotSqlVersion &&
    functionArns.join() === artefacts.functionArn;
  return isSame ? ok({ kind: 'was-there' }) : done('changed', iot.replaceTopicRule(rule));
}

async function switchRule({ iot, artefacts: { name } }: Tools, isEnabled: boolean): Outcome {
  const found = await iot.getTopicRule(name);
  if (!found.ok) return found;
  if (found.value === undefined) return ok({ kind: 'gone' });
  if (!isOurs(found.value.description)) return ok({ kind: 'not-ours', resource: 'rule' });
  if (found.value.isEnabled === isEnabled) return ok({ kind: 'was-there' });
  return done('changed', isEnabled ? iot.enableTopicRule(name) : iot.disableTopicRule(name));
}

async function removeRule({ iot, artefacts: { name } }: Tools): Outcome {
  const found = await iot.getTopicRule(name);
  if (!found.ok) return found;
  if (found.value === undefined) return ok({ kind: 'gone' });
  if (!isOurs(found.value.description)) return ok({ kind: 'not-ours', resource: 'rule' });
  return done('changed', iot.deleteTopicRule(name));
}

async function removeFunction({ lambda, artefacts: { name } }: Tools): Outcome {
  const found = await lambda.getFunction(name);
  if (!found.ok) return found;
  if (found.value === undefined) return ok({ kind: 'gone' });
  if (!isOurs(found.value.description)) return ok({ kind: 'not-ours', resource: 'function' });
  return done('changed', lambda.deleteFunction(name));
}

async function removeRolePolicy({ iam, artefacts: { roleName } }: Tools): Outcome {
  const role = await iam.getRole(roleName);
  if (!role.ok) return orGone(role);
  if (!isOurs(role.value.description)) return ok({ kind: 'not-ours', resource: 'role' });
  return orGone(await done('changed', iam.deleteRolePolicy({ roleName, policyName: ROLE_POLICY_NAME })));
}

async function removeRole({ iam, artefacts: { roleName } }: Tools): Outcome {
  const role = await iam.getRole(roleName);
  if (!role.ok) return orGone(role);
  if (!isOurs(role.value.description)) return ok({ kind: 'not-ours', resource: 'role' });
  return orGone(await done('changed', iam.deleteRole(roleName)));
}

const functionSettings = ({ name, roleArn }: JitrArtefacts): FunctionSettings => ({
  name,
  description: FUNCTION_DESCRIPTION,
  runtime: HANDLER_RUNTIME,
  handler: HANDLER_NAME,
  roleArn,
  timeoutSeconds: HANDLER_TIMEOUT_SECONDS,
  memoryMegabytes: HANDLER_MEMORY_MEGABYTES,
});

async function done(
  kind: 'made' | 'changed',
  call: Promise<Result<Receipt, Failure>>,
): Promise<Result<JitrCallOutcome, Failure>> {
  const answer = await call;
  return answer.ok ? ok({ kind, requestId: answer.value.requestId }) : answer;
}

const orGone = <Value>(answer: Result<Value, Failure>): Result<Value | { kind: 'gone' }, Failure> =>
  !answer.ok && answer.failure.kind === 'not-found' ? ok({ kind: 'gone' }) : answer;

async function untilSettled({ lambda, artefacts: { name } }: Tools): Promise<Result<unknown, Failure>> {
  for (const waitMs of SETTLED_WAITS_MS) {
    await sleep(waitMs);
    const settled = await lambda.isFunctionSettled(name);
    if (!settled.ok || settled.value) return settled;
  }
  // Slower than ever seen: the next change says so by itself.
  return ok(undefined);
}

const isRoleTooNew = (failure: Failure): boolean =>
  isAws(failure, 'InvalidParameterValueException') &&
  failure.kind === 'aws' &&
  failure.message.includes('cannot be assumed by Lambda');

const isAws = (failure: Failure, name: string): boolean => failure.kind === 'aws' && failure.name === name;
