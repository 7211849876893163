/**
 * The topic rules that hear of a CA's registrations. AWS IoT Developer Guide, "Register a client certificate when the
 * client connects (JITR)".
 * @module
 */
import 'server-only';
import type { DeviceFacts, RegistrationRule } from '@/lib/diagnosis/facts';
import { ABSENT, knownValue, mapKnown, notKnown, presentOf } from '@/lib/diagnosis/known';
import type { Inquiry } from './inquiry';
import { matchesTopicFilter } from './matches-topic-filter';

/** One page; an account has up to 1000 rules (AWS IoT quotas), and few have more than this. */
const RULES_MAX = 250;

export async function askRules(inquiry: Inquiry, callsMax: number): Promise<Partial<DeviceFacts>> {
  const caId = presentOf(inquiry.facts.ca)?.caId;
  if (caId === undefined) return {};
  const answer = await inquiry.ask('ListTopicRules', () =>
    inquiry.iot.listTopicRules({ pageSize: RULES_MAX, token: undefined }),
  );
  const page = presentOf(answer);
  if (page === undefined) return { rules: mapKnown(answer, () => []) };
  const topic = `$aws/events/certificates/registered/${caId}`;
  const heard = page.items.filter(
    ({ topicPattern }) => topicPattern !== undefined && matchesTopicFilter(topicPattern, topic),
  );
  if (heard.length === 0 && page.nextToken !== undefined) {
    return { rules: notKnown('incomplete', 'ListTopicRules', inquiry.now()) };
  }
  // Two calls for each rule that is awake; what is beyond stays unseen.
  const looked = heard.filter(({ isEnabled }) => isEnabled).slice(0, Math.floor((callsMax - 1) / 2));
  const rules = await Promise.all(
    heard.map(async (rule) => ({
      name: rule.name,
      isEnabled: rule.isEnabled,
      ...(looked.includes(rule) ? await functionOf(inquiry, rule.name) : UNSEEN),
    })),
  );
  return { rules: mapKnown(answer, () => rules) };
}

type CalledFunction = Pick<RegistrationRule, 'functionName' | 'mayCall'>;
const UNSEEN: CalledFunction = { functionName: undefined, mayCall: undefined };

async function functionOf(inquiry: Inquiry, ruleName: string): Promise<CalledFunction> {
  const { environment, iot, lambda, material } = inquiry;
  const answer = await inquiry.ask('GetTopicRule', () => iot.functionsOfRule(ruleName));
  const arns = knownValue(answer);
  const functionArn = arns === undefined || arns === ABSENT ? undefined : arns[0];
  if (functionArn === undefined) return UNSEEN;
  const partition = material.certificateArn?.split(':')[1] ?? 'aws';
  const ruleArn = `arn:${partition}:iot:${environment.region}:${environment.accountId}:rule/${ruleName}`;
  const mayCall = knownValue(await inquiry.ask('GetPolicy', () => lambda.mayRuleCall(functionArn, ruleArn)));
  // The function's own name is the seventh part of its ARN.
  return { functionName: functionArn.split(':')[6], mayCall: mayCall === ABSENT ? false : mayCall };
}
