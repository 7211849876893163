import { checkRole } from '@/lib/sandbox/iam/provisioning-role';
import { PAYLOAD_BYTES_MAX, TOPIC_BYTES_MAX, TOPIC_SLASHES_MAX } from '@/lib/sandbox/message-bus';
import type { CompiledAction } from '@/lib/sandbox/rules/compiled-rule';
import type { RuleExecution } from '@/lib/sandbox/rules/execute-rule';
import { fillTemplate, type Template } from '@/lib/sandbox/rules/sql/substitution';
import type { ActionOutcome } from './execute-action';
import { filledHeaders } from './republish-headers';

/** The republish action. Developer Guide, "Republish rule action". */
export async function republish(
  execution: RuleExecution,
  action: CompiledAction & { kind: 'republish' },
  payload: Uint8Array,
): Promise<ActionOutcome> {
  const { settings, message, row, environment } = execution;
  const fill = (template: Template) => fillTemplate(template, row, environment);
  // A reserved topic is written with two dollar signs.
  const topic = fill(action.topic).replace(/^\$\$/, '$');
  const headers = filledHeaders(action.headers, fill);
  const error = headers.ok ? errorOf(execution, action, { topic, payload }) : headers.failure;
  if (error === undefined && headers.ok) {
    const { region } = message;
    await settings.bus.publish({ region, topic, payload, qos: action.qos, retain: false, ...headers.value });
  }
  return { name: 'RepublishAction', resource: topic, error };
}

function errorOf(
  { settings, message }: RuleExecution,
  { roleArn }: CompiledAction & { kind: 'republish' },
  { topic, payload }: { topic: string; payload: Uint8Array },
): string | undefined {
  const { sandbox } = settings;
  const role = checkRole(sandbox, roleArn);
  if (role.kind === 'missing')
    return `The role ${roleArn} does not exist. Create it, or correct the action's role.`;
  if (role.kind === 'not-trusting') {
    return `The role ${roleArn} cannot be assumed by AWS IoT. Let iot.amazonaws.com assume it in its trust policy.`;
  }
  const topicArn = sandbox.region(message.region).arn(`topic/${topic}`);
  if (!role.allows('iot:Publish', topicArn)) {
    return `The role ${roleArn} may not publish: its policies do not allow iot:Publish on ${topicArn}.`;
  }
  const bytes = Buffer.byteLength(topic);
  if (bytes === 0 || bytes > TOPIC_BYTES_MAX)
    return `A topic has 1 to ${TOPIC_BYTES_MAX} bytes, this one has ${bytes}.`;
  if (/[#+\0]/.test(topic)) return 'A topic to publish to has no wildcards and no zero character.';
  // The levels of a reserved topic that a rule writes to are counted as well.
  if (topic.split('/').length - 1 > TOPIC_SLASHES_MAX)
    return `A topic has at most ${TOPIC_SLASHES_MAX} slashes.`;
  if (/^\$aws\/things\/[^/]+\/jobs\//.test(topic)) return 'Rules cannot republish to the topics of jobs.';
  if (payload.length > PAYLOAD_BYTES_MAX) return `The payload exceeds ${PAYLOAD_BYTES_MAX} bytes.`;
  return undefined;
}
