/**
 * What a policy lets an attacker do who holds one device's key.
 * AWS IoT Developer Guide, "Security best practices in AWS IoT Core": a device should be able to be nobody but itself.
 * @module
 */
import type { JsonEdit } from '@/lib/policy/json-edit';
import { allowsEverything } from '@/lib/provisioning/evaluate-policy';
import { resourceTypeOf } from './device-actions';
import { iotArn, type Place, parseIotArn, printIotArn } from './iot-arn';
import type { Item, PolicyView, Report, StatementView } from './policy-finding';

const OWN_NAME = `\${iot:Connection.Thing.ThingName}`;

export function checkAccess({ policy, statements, isList, context }: PolicyView, report: Report): void {
  const { place, hasCompanions = false } = context;
  for (const view of statements) {
    if (view.statement.effect !== 'Allow') continue;
    if (allowsEverything({ ...policy, statements: [view.statement] })) {
      const fix: JsonEdit[] | undefined =
        place === undefined ? undefined : leastPrivilege(place, view, policy.statements.length);
      report('everything-allowed', 'warning', view, {}, fix);
      continue;
    }
    if (view.statement.resources?.negated) continue;
    if (view.covers.includes('iot:Connect')) checkConnect(view, place, report);
    checkTopics(view, report);
  }
  if (hasCompanions) return;
  const allows = (action: string) =>
    statements.some(({ statement, covers }) => statement.effect === 'Allow' && covers.includes(action));
  const [first] = statements;
  if (first === undefined) return;
  if (!allows('iot:Connect')) report('connect-not-allowed', 'warning', first);
  const subscribe = statements.find(
    ({ statement, covers }) => statement.effect === 'Allow' && covers.includes('iot:Subscribe'),
  );
  if (subscribe !== undefined && !allows('iot:Receive')) {
    const topics = subscribe.resources.map(({ text }) => topicsOf(text));
    const fix: JsonEdit[] | undefined = isList
      ? [
          {
            kind: 'set',
            path: ['Statement', policy.statements.length],
            value: { Effect: 'Allow', Action: 'iot:Receive', Resource: topics },
          },
        ]
      : undefined;
    report('subscribe-without-receive', 'warning', subscribe, {}, fix);
  }
}

/** Impersonation: who may choose any client id can take over another device's session, and its topics. */
function checkConnect(view: StatementView, place: Place | undefined, report: Report): void {
  const { statement, covers, resources } = view;
  const isPinned = statement.conditions.some(({ key }) => /^iot:(?:ClientId$|Connection\.Thing\.)/.test(key));
  if (isPinned) return;
  const isConnectOnly = covers.length === 1;
  for (const item of resources) {
    const arn = parseIotArn(item.text);
    const isClient = arn?.type === 'client' && arn.name !== '';
    if (!isClient && item.text !== '*' && !(arn !== undefined && /[*?]/.test(arn.type))) continue;
    const name = isClient ? arn.name : '*';
    const others = [...name.matchAll(/\$\{([^}]*)\}/g)].filter(([, variable]) => variable !== 'iot:ClientId');
    if (others.length > 0) continue;
    if (!/[*?]|\$\{/.test(name)) {
      report('client-id-fixed', 'info', item, { clientId: name });
      continue;
    }
    const value = isClient
      ? printIotArn({ ...arn, name: OWN_NAME })
      : place === undefined || !isConnectOnly
        ? undefined
        : iotArn(place, 'client', OWN_NAME);
    report('client-id-unpinned', 'warning', item, { pattern: name }, setTo(item, value));
  }
}

/** One device's key opens every device's topics. */
function checkTopics({ covers, resources }: StatementView, report: Report): void {
  const writes = covers.some((action) => action === 'iot:Publish' || action === 'iot:RetainPublish');
  const reads = covers.some((action) => action === 'iot:Subscribe' || action === 'iot:Receive');
  const types = new Set(covers.map(resourceTypeOf));
  for (const item of resources) {
    const arn = parseIotArn(item.text);
    const type = arn?.type ?? '*';
    const isWide =
      arn === undefined
        ? item.text === '*'
        : type === '*' || (/^topic(?:filter)?$/.test(type) && /^[*#]*$/.test(arn.name));
    if (!isWide) continue;
    const value =
      arn !== undefined && types.has(type === 'topicfilter' ? 'topicfilter' : 'topic') && type !== '*'
        ? printIotArn({ ...arn, name: `${OWN_NAME}/*` })
        : undefined;
    if (writes && type !== 'topicfilter') report('publish-anywhere', 'warning', item, {}, setTo(item, value));
    else if (reads) report('read-everything', 'warning', item, {}, setTo(item, value));
  }
}

/** What a filter delivers: MQTT's wildcards stand in filters only. */
function topicsOf(filter: string): string {
  const topic = filter.replace(':topicfilter/', ':topic/');
  return topic.replace(/\$\{[^}]*\}|[+#]/g, (found) => (found.length === 1 ? '*' : found));
}

const setTo = (item: Item, value: string | undefined): JsonEdit[] | undefined =>
  value === undefined ? undefined : [{ kind: 'set', path: item.path, value }];

/** Connect as its own thing and talk on its own topics, in the place of everything. */
function leastPrivilege(place: Place, { path }: StatementView, count: number): JsonEdit[] {
  const allow = (actions: string | string[], type: string, name: string) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: iotArn(place, type, name),
  });
  const own = allow('iot:Connect', 'client', OWN_NAME);
  const talk = allow(['iot:Publish', 'iot:Receive'], 'topic', `${OWN_NAME}/*`);
  const listen = allow('iot:Subscribe', 'topicfilter', `${OWN_NAME}/*`);
  if (path[1] === undefined) return [{ kind: 'set', path, value: [own, talk, listen] }];
  return [
    { kind: 'set', path, value: own },
    { kind: 'set', path: ['Statement', count], value: talk },
    { kind: 'set', path: ['Statement', count + 1], value: listen },
  ];
}
