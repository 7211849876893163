/**
 * The topic rules that hear of a CA's registrations. AWS IoT Developer Guide, "Register a client certificate when the
 * client connects (JITR)".
 * @module
 */
import 'server-only';
import type { DeviceFacts } from '@/lib/diagnosis/facts';
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
  const rules = await Promise.all(
    heard.map(async ({ name, isEnabled }, index) => ({
      name,
      isEnabled,
      functionName: isEnabled && index < callsMax - 1 ? await functionOf(inquiry, name) : undefined,
      mayCall: undefined,
    })),
  );
  return { rules: mapKnown(answer, () => rules) };
}

async function functionOf(inquiry: Inquiry, ruleName: string): Promise<string | undefined> {
  const answer = await inquiry.ask('GetTopicRule', () => inquiry.iot.functionsOfRule(ruleName));
  const arns = knownValue(answer);
  return arns === undefined || arns === ABSENT ? undefined : arns[0]?.split(':')[6];
}
