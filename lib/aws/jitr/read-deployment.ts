/**
 * What stands in the account of a set-up.
 * @module
 */
import 'server-only';
import { iamFor } from '@/lib/aws/iam-gateway';
import { iotFor } from '@/lib/aws/iot-gateway';
import { lambdaFor } from '@/lib/aws/lambda-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { type JitrArtefacts, ROLE_POLICY_NAME } from '@/lib/provisioning/jitr/artefacts';
import type { JitrDeployment } from '@/lib/provisioning/jitr/drift';
import { ok, type Result } from '@/lib/result';

type Names = Pick<JitrArtefacts, 'name' | 'roleName' | 'ruleArn'>;

/** Five calls at most; fails as a whole where one part may not be looked at. */
export async function readDeployment(
  environment: Environment,
  { name, roleName, ruleArn }: Names,
): Promise<Result<JitrDeployment, Failure>> {
  const [role, fn, rule] = await Promise.all([
    readRole(environment, roleName),
    readFunction(environment, name, ruleArn),
    iotFor(environment).getTopicRule(name),
  ]);
  if (!role.ok) return role;
  if (!fn.ok) return fn;
  if (!rule.ok) return rule;
  return ok({ role: role.value, function: fn.value, rule: rule.value });
}

async function readRole(
  environment: Environment,
  roleName: string,
): Promise<Result<JitrDeployment['role'], Failure>> {
  const iam = iamFor(environment);
  const role = await iam.getRole(roleName);
  if (!role.ok) return role.failure.kind === 'not-found' ? ok(undefined) : role;
  const documents = await iam.rolePolicyDocuments(roleName);
  if (!documents.ok) return documents.failure.kind === 'not-found' ? ok(undefined) : documents;
  const policy = documents.value.find(({ kind, name }) => kind === 'inline' && name === ROLE_POLICY_NAME);
  const { arn, description, trustPolicy } = role.value;
  return ok({ arn, description, trustPolicy, policy: policy?.document });
}

async function readFunction(
  environment: Environment,
  name: string,
  ruleArn: string,
): Promise<Result<JitrDeployment['function'], Failure>> {
  const lambda = lambdaFor(environment);
  const found = await lambda.getFunction(name);
  if (!found.ok) return found;
  if (found.value === undefined) return ok(undefined);
  const mayRuleCall = await lambda.mayRuleCall(name, ruleArn);
  return mayRuleCall.ok ? ok({ ...found.value, mayRuleCall: mayRuleCall.value }) : mayRuleCall;
}
