/**
 * Actions and resources that do not go together.
 * AWS IoT Developer Guide, "AWS IoT Core action resources".
 * @module
 */
import type { JsonEdit } from '@/lib/policy/json-edit';
import { DEVICE_ACTIONS, nearestAction, type ResourceType, resourceTypeOf } from './device-actions';
import { matchesText } from './globs';
import { parseIotArn, printIotArn } from './iot-arn';
import type { PolicyLintId, PolicyView, Report, StatementView } from './policy-finding';

export function checkActions({ statements }: PolicyView, report: Report): void {
  for (const view of statements) {
    checkNames(view, report);
    if (view.statement.actions.negated || view.statement.resources?.negated) continue;
    checkResourceTypes(view, report);
    checkActionsHaveResources(view, report);
    checkMqttWildcards(view, report);
  }
}

function checkNames({ actions }: StatementView, report: Report): void {
  for (const item of actions) {
    const isKnown = DEVICE_ACTIONS.some((action) =>
      matchesText(item.text.toLowerCase(), action.toLowerCase()),
    );
    if (isKnown || item.text.toLowerCase().startsWith('iotjobsdata:')) continue;
    const nearest = nearestAction(item.text);
    const fix: JsonEdit[] | undefined =
      nearest === undefined ? undefined : [{ kind: 'set', path: item.path, value: nearest }];
    report('action-unknown', 'warning', item, { action: item.text, nearest: nearest ?? '' }, fix);
  }
}

function typesWanted({ covers }: StatementView): Set<ResourceType> {
  return new Set(covers.flatMap((action) => resourceTypeOf(action) ?? []));
}

function checkResourceTypes(view: StatementView, report: Report): void {
  const wanted = typesWanted(view);
  if (wanted.size === 0) return;
  for (const item of view.resources) {
    const arn = parseIotArn(item.text);
    if (arn === undefined || /[*?$]/.test(arn.type) || [...wanted].some((type) => type === arn.type))
      continue;
    const [only] = wanted.size === 1 ? wanted : [];
    const fix: JsonEdit[] | undefined =
      only === undefined || only === '*' || arn.name === ''
        ? undefined
        : [{ kind: 'set', path: item.path, value: printIotArn({ ...arn, type: only }) }];
    report(
      mismatchId(arn.type, wanted),
      'error',
      item,
      { type: arn.type, wanted: [...wanted].join(', ') },
      fix,
    );
  }
}

function mismatchId(type: string, wanted: ReadonlySet<ResourceType>): PolicyLintId {
  const isTopic = type === 'topic' || type === 'topicfilter';
  if (isTopic && wanted.size === 1 && wanted.has('client')) return 'topic-arn-in-connect';
  if (type === 'topicfilter' && wanted.has('topic')) return 'topicfilter-in-publish';
  if (type === 'topic' && wanted.has('topicfilter')) return 'topic-in-subscribe';
  return 'resource-fits-no-action';
}

/** An action written out that none of the statement's resources is for. */
function checkActionsHaveResources(
  { actions, resources, statement, path }: StatementView,
  report: Report,
): void {
  const types = resources.map(({ text }) => parseIotArn(text)?.type ?? '*');
  for (const item of actions) {
    const name = DEVICE_ACTIONS.find((action) => action.toLowerCase() === item.text.toLowerCase());
    const wanted = name === undefined ? undefined : resourceTypeOf(name);
    if (wanted === undefined || wanted === '*' || types.some((type) => matchesText(type, wanted))) continue;
    // Where no resource fits any action, the resources are at fault and have been named.
    const isOnlyFault = actions.some(({ text }) => {
      const other = DEVICE_ACTIONS.find((action) => action.toLowerCase() === text.toLowerCase());
      return other !== undefined && types.some((type) => type === resourceTypeOf(other));
    });
    if (!isOnlyFault) continue;
    const twin = counterpart(
      wanted,
      resources.map(({ text }) => text),
    );
    const element = statement.resources?.negated ? 'NotResource' : 'Resource';
    const fix: JsonEdit[] | undefined =
      twin === undefined
        ? undefined
        : [{ kind: 'set', path: [...path, element], value: [...resources.map(({ text }) => text), twin] }];
    report('action-without-resource', 'error', item, { action: item.text, wanted }, fix);
  }
}

/** The topic of a filter, and the filter of a topic. */
function counterpart(wanted: ResourceType, resources: readonly string[]): string | undefined {
  const other = wanted === 'topic' ? 'topicfilter' : wanted === 'topicfilter' ? 'topic' : undefined;
  const arn = resources.map(parseIotArn).find((candidate) => candidate?.type === other);
  return arn === undefined || other === undefined ? undefined : printIotArn({ ...arn, type: wanted });
}

/** `+` and `#` are ordinary characters in policies, and no topic that is published to can have them. */
function checkMqttWildcards({ resources }: StatementView, report: Report): void {
  for (const item of resources) {
    const arn = parseIotArn(item.text);
    if (arn?.type !== 'topic' || !/[+#]/.test(arn.name.replace(/\$\{[^}]*\}/g, ''))) continue;
    const name = arn.name.replace(/\$\{[^}]*\}|[+#]/g, (found) => (found.length === 1 ? '*' : found));
    report('mqtt-wildcard-in-topic', 'error', item, { topic: arn.name }, [
      { kind: 'set', path: item.path, value: printIotArn({ ...arn, name }) },
    ]);
  }
}
