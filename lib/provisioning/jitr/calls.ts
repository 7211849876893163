/**
 * The calls that deploy, change, switch and remove a set-up, in their order, each with the AWS CLI's command for it.
 * Every one can be repeated: what is there already is compared, not made again.
 * @module
 */
import { type AwsCommand, type CliTarget, printAwsCommand } from '@/lib/registry/aws-command';
import { assertNever } from '@/lib/result';
import {
  FUNCTION_DESCRIPTION,
  type JitrArtefacts,
  PACKAGE_FILE,
  ROLE_POLICY_NAME,
  SQL_VERSION,
} from './artefacts';
import {
  HANDLER_MEMORY_MEGABYTES,
  HANDLER_NAME,
  HANDLER_RUNTIME,
  HANDLER_TIMEOUT_SECONDS,
} from './handler-source';

export const JITR_CALLS = [
  'create-role',
  'put-role-policy',
  'create-function',
  'update-function-configuration',
  'update-function-code',
  'add-permission',
  'create-topic-rule',
  'replace-topic-rule',
  'enable-topic-rule',
  'disable-topic-rule',
  'delete-topic-rule',
  'delete-function',
  'delete-role-policy',
  'delete-role',
] as const;
export type JitrCall = (typeof JITR_CALLS)[number];

/** The others switch or remove what is there, by its name. */
const BY_NAME: ReadonlySet<JitrCall> = new Set([
  'enable-topic-rule',
  'disable-topic-rule',
  'delete-topic-rule',
  'delete-function',
  'delete-role-policy',
  'delete-role',
]);

/** Whether a call puts something of the artefacts into the account, so that they have to be those which were shown. */
export const carriesArtefacts = (call: JitrCall): boolean => !BY_NAME.has(call);

/** What is to be done with a set-up. Deploying one that is there brings it up to date. */
export const JITR_ACTS = ['deploy', 'enable', 'disable', 'remove'] as const;
export type JitrAct = (typeof JITR_ACTS)[number];

/** What is there, as far as the order of calls depends on it. */
export type JitrPresence = { role: boolean; function: boolean; rule: boolean };

/**
 * The calls of an act. The permission comes before the rule, so that no event meets a rule that may not call; a removal begins with
 * the rule, so that no event meets a function that is half gone.
 */
export function jitrCalls(act: JitrAct, present: JitrPresence): readonly JitrCall[] {
  switch (act) {
    case 'deploy':
      return [
        ...(present.role ? [] : (['create-role'] as const)),
        'put-role-policy',
        ...(present.function
          ? (['update-function-configuration', 'update-function-code'] as const)
          : (['create-function'] as const)),
        'add-permission',
        present.rule ? 'replace-topic-rule' : 'create-topic-rule',
      ];
    case 'enable':
      return ['enable-topic-rule'];
    case 'disable':
      return ['disable-topic-rule'];
    case 'remove':
      return ['delete-topic-rule', 'delete-function', 'delete-role-policy', 'delete-role'];
    default:
      return assertNever(act);
  }
}

/** The rule as CreateTopicRule and ReplaceTopicRule take it. */
export const topicRulePayload = ({ sql, functionArn }: JitrArtefacts) => ({
  sql,
  description: FUNCTION_DESCRIPTION,
  awsIotSqlVersion: SQL_VERSION,
  ruleDisabled: false,
  actions: [{ lambda: { functionArn } }],
});

/** The command that makes a call, as text for a POSIX shell; {@link PACKAGE_FILE} is where it stands. */
export const jitrCommand = (call: JitrCall, artefacts: JitrArtefacts, target: CliTarget): string =>
  printAwsCommand(commandOf(call, artefacts), target);

function commandOf(call: JitrCall, artefacts: JitrArtefacts): AwsCommand {
  const { name, roleName, roleArn, ruleArn, accountId, trustPolicy, rolePolicy } = artefacts;
  const iam = (...options: AwsCommand['options']): AwsCommand => ({
    service: 'iam',
    operation: call,
    options: [['role-name', roleName], ...options],
  });
  const lambda = (...options: AwsCommand['options']): AwsCommand => ({
    service: 'lambda',
    operation: call,
    options: [['function-name', name], ...options],
  });
  const iot = (...options: AwsCommand['options']): AwsCommand => ({
    service: 'iot',
    operation: call,
    options: [['rule-name', name], ...options],
  });
  const zipFile = ['zip-file', `fileb://${PACKAGE_FILE}`] as const;
  const configuration = [
    ['runtime', HANDLER_RUNTIME],
    ['handler', HANDLER_NAME],
    ['role', roleArn],
    ['timeout', String(HANDLER_TIMEOUT_SECONDS)],
    ['memory-size', String(HANDLER_MEMORY_MEGABYTES)],
    ['description', FUNCTION_DESCRIPTION],
  ] as const;
  switch (call) {
    case 'create-role':
      return iam(['description', FUNCTION_DESCRIPTION], ['assume-role-policy-document', trustPolicy]);
    case 'put-role-policy':
      return iam(['policy-name', ROLE_POLICY_NAME], ['policy-document', rolePolicy]);
    case 'delete-role-policy':
      return iam(['policy-name', ROLE_POLICY_NAME]);
    case 'delete-role':
      return iam();
    case 'create-function':
      return lambda(...configuration, zipFile);
    case 'update-function-configuration':
      return lambda(...configuration);
    case 'update-function-code':
      return lambda(zipFile);
    case 'add-permission':
      return lambda(
        ['statement-id', name],
        ['action', 'lambda:InvokeFunction'],
        ['principal', 'iot.amazonaws.com'],
        ['source-arn', ruleArn],
        // Without it a rule of the same ARN in an account that was closed and opened again could call (confused deputy).
        ['source-account', accountId],
      );
    case 'delete-function':
      return lambda();
    case 'create-topic-rule':
    case 'replace-topic-rule':
      return iot(['topic-rule-payload', JSON.stringify(topicRulePayload(artefacts))]);
    case 'enable-topic-rule':
    case 'disable-topic-rule':
    case 'delete-topic-rule':
      return iot();
    default:
      return assertNever(call);
  }
}
