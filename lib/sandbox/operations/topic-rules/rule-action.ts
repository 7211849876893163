import type { Action } from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { checkRole } from '@/lib/sandbox/iam/provisioning-role';
import type { RepublishHeaders, RuleAction } from '@/lib/sandbox/rules/topic-rule';
import type { Scope } from '@/lib/sandbox/scope';

/**
 * An action as it is kept.
 *
 * @throws ApiError InvalidRequestException, NotImplementedException for one that the sandbox would not execute
 */
export function ruleActionOf(scope: Scope, action: Action): RuleAction {
  const names = Object.keys(action);
  const [name] = names;
  if (name === undefined || names.length > 1) throw invalidRequest('An action names exactly one service');
  if (action.lambda) return lambdaAction(required(action.lambda.functionArn, 'lambda.functionArn'));
  if (action.republish) return republishAction(scope, action.republish);
  throw new ApiError(
    'NotImplementedException',
    `The sandbox executes the actions lambda and republish; it does not execute ${name}, so it does not accept a rule with it`,
  );
}

/** The ARN may hold substitution templates, so only its form in front can be known. */
function lambdaAction(functionArn: string): RuleAction {
  if (!/^arn:(aws[a-zA-Z-]*|\$\{.*\}):lambda:/.test(functionArn)) {
    throw invalidRequest(`Invalid Lambda function ARN: ${functionArn}`);
  }
  return { kind: 'lambda', functionArn };
}

function republishAction(scope: Scope, republish: NonNullable<Action['republish']>): RuleAction {
  const roleArn = required(republish.roleArn, 'republish.roleArn');
  const topic = required(republish.topic, 'republish.topic');
  if (topic === '') throw invalidRequest('The topic of a republish action is empty');
  // Guide, "Republish rule action": a reserved topic is written with `$$`.
  if (/^\$(?![${])/.test(topic)) {
    throw invalidRequest(`The topic ${topic} is reserved; a republish action writes it with $$ in front`);
  }
  requireAssumable(scope, roleArn);
  const { qos } = republish;
  return {
    kind: 'republish',
    roleArn,
    topic,
    qos: qos === 0 || qos === 1 ? qos : undefined,
    headers: headersOf(republish.headers),
  };
}

function headersOf(
  headers: NonNullable<NonNullable<Action['republish']>['headers']> | undefined,
): RepublishHeaders | undefined {
  return (
    headers && {
      ...headers,
      userProperties: headers.userProperties?.map(({ key = '', value = '' }) => ({ key, value })),
    }
  );
}

/**
 * AWS tries to assume the role of every action when a rule is made, of a disabled one too; what the role allows it does not ask.
 * Text as reported from AWS by `ministackorg/ministack` issue 1417.
 */
export function requireAssumable(scope: Scope, roleArn: string): void {
  if (checkRole(scope.sandbox, roleArn).kind === 'ok') return;
  throw invalidRequest(
    `AWS IoT (iot.amazonaws.com) is unable to assume role (sts:AssumeRole) on resource: ${roleArn}. If the role was just created or updated, please try again in a few seconds.`,
  );
}

/** An action as it was given. */
export function actionOutput(action: RuleAction): Action {
  if (action.kind === 'lambda') return { lambda: { functionArn: action.functionArn } };
  const { roleArn, topic, qos, headers } = action;
  return {
    republish: {
      roleArn,
      topic,
      qos,
      headers: headers && {
        ...headers,
        userProperties: headers.userProperties?.map((pair) => ({ ...pair })),
      },
    },
  };
}
