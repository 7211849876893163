/**
 * Statements that change nothing, and denials that can be walked around.
 * AWS IoT Developer Guide, "Publish/Subscribe policy examples"; IAM User Guide, "Policy evaluation logic".
 * @module
 */
import { canonicalJson } from '@/lib/policy/json-tree';
import { covers, matchesText } from './globs';
import { parseIotArn, printIotArn } from './iot-arn';
import type { PolicyView, Report, StatementView } from './policy-finding';

export function checkReach(view: PolicyView, report: Report): void {
  checkUnreachable(view, report);
  checkDeniedSubtrees(view, report);
}

function checkUnreachable({ statements, isList }: PolicyView, report: Report): void {
  const texts = statements.map(({ node }) => canonicalJson(node));
  for (const [index, view] of statements.entries()) {
    const fix = isList && statements.length > 1 ? [{ kind: 'remove' as const, path: view.path }] : undefined;
    const others = statements.filter((other) => other !== view && includes(other, view));
    const deny = others.find(({ statement }) => statement.effect === 'Deny');
    if (view.statement.effect === 'Allow' && deny !== undefined) {
      report('allow-denied-entirely', 'error', view, { statement: deny.statement.index + 1 }, fix);
      continue;
    }
    const alike = others.filter(({ statement }) => statement.effect === view.statement.effect);
    const wider = alike.find((other) => !includes(view, other));
    const first = texts.indexOf(texts[index] ?? '');
    // Of two that include each other the first stays.
    const same = alike.find(({ statement }) => statement.index < view.statement.index);
    const covering = wider ?? (first < index ? undefined : same);
    if (covering !== undefined) {
      report('statement-covered', 'info', view, { statement: covering.statement.index + 1 }, fix);
    } else if (first < index) {
      report('statement-duplicate', 'warning', view, { statement: first + 1 }, fix);
    }
  }
}

/** Whether whatever `inner` applies to, `outer` applies to as well. Never says yes where it is no. */
function includes(outer: StatementView, inner: StatementView): boolean {
  const isPlain = ({ statement }: StatementView) =>
    !statement.actions.negated && !statement.resources?.negated;
  if (!isPlain(outer) || !isPlain(inner) || outer.statement.conditions.length > 0) return false;
  const all = (outers: readonly string[], inners: readonly string[]) =>
    inners.length > 0 && inners.every((text) => outers.some((candidate) => covers(candidate, text)));
  const actions = ({ statement }: StatementView) => statement.actions.patterns.map(({ source }) => source);
  const resources = ({ statement }: StatementView) =>
    statement.resources?.patterns.map(({ source }) => source) ?? [];
  return all(actions(outer), actions(inner)) && all(resources(outer), resources(inner));
}

/**
 * `a/#` is a filter of its own: a Deny of `topicfilter/a/restricted/*` does not match it, an Allow of `topicfilter/a/*`
 * does, and it delivers what was to be denied unless iot:Receive is denied too.
 */
function checkDeniedSubtrees({ policy, statements, isList }: PolicyView, report: Report): void {
  const about = (effect: 'Allow' | 'Deny', action: string) =>
    statements
      .filter((view) => view.statement.effect === effect && view.covers.includes(action))
      .filter(({ statement }) => !statement.resources?.negated);
  const texts = (views: readonly StatementView[]) =>
    views.flatMap(({ resources }) => resources.map(({ text }) => text));
  const denied = about('Deny', 'iot:Subscribe');
  const deniedFilters = texts(denied);
  const allowedFilters = texts(about('Allow', 'iot:Subscribe'));
  const deniedTopics = texts(about('Deny', 'iot:Receive'));
  const allowedTopics = texts(about('Allow', 'iot:Receive'));
  for (const item of denied.flatMap(({ resources }) => resources)) {
    const arn = parseIotArn(item.text);
    if (arn?.type !== 'topicfilter') continue;
    const topic = printIotArn({ ...arn, type: 'topic' });
    if (deniedTopics.some((pattern) => covers(pattern, topic))) continue;
    if (!allowedTopics.some((pattern) => covers(pattern, topic))) continue;
    const levels = arn.name.split('/');
    const way = levels
      .map((_, depth) => [...levels.slice(0, depth), '#'].join('/'))
      .find((filter) => {
        const text = printIotArn({ ...arn, name: filter });
        return (
          allowedFilters.some((pattern) => matchesText(pattern, text)) &&
          !deniedFilters.some((pattern) => matchesText(pattern, text))
        );
      });
    if (way === undefined) continue;
    const value = { Effect: 'Deny', Action: 'iot:Receive', Resource: topic };
    const fix = isList
      ? [{ kind: 'set' as const, path: ['Statement', policy.statements.length], value }]
      : undefined;
    report('denied-subtree-reachable', 'warning', item, { filter: way, denied: arn.name }, fix);
  }
}
