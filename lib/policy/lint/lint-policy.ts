/**
 * Everything that can be said of a device policy before it is attached, attacks by their name.
 * AWS IoT Developer Guide, "AWS IoT Core policies" and "Security best practices in AWS IoT Core".
 * @module
 */
import type { JsonValue } from '@/lib/policy/json-text';
import {
  type JsonNode,
  type JsonPath,
  locate,
  memberNode,
  nodeValue,
  readJsonTree,
} from '@/lib/policy/json-tree';
import {
  POLICY_CHARACTERS_MAX,
  type Policy,
  parsePolicy,
  policyCharacters,
} from '@/lib/policy/policy-document';
import { policyFault } from '@/lib/policy/policy-fault';
import type { Statement } from '@/lib/policy/policy-statement';
import { checkAccess } from './check-access';
import { checkActions } from './check-actions';
import { checkPlaces } from './check-places';
import { checkReach } from './check-reach';
import { checkVariables } from './check-variables';
import { actionsOf } from './device-actions';
import type {
  Item,
  PolicyLint,
  PolicyLintContext,
  PolicyView,
  Report,
  StatementView,
} from './policy-finding';

/** From this share of the limit on, one more statement may not fit. Our choice. */
const NEAR_LIMIT = 0.9;

/** Lints the text of an IoT policy. Total; the findings are in the order of the text. */
export function lintPolicy(text: string, context: PolicyLintContext = {}): PolicyLint[] {
  const read = readJsonTree(text);
  if (!read.ok) {
    const { at, code, found } = read.failure;
    const range = { start: at.offset, end: Math.min(at.offset + 1, text.length) };
    const params = { fault: code, line: at.line, column: at.column, found: found ?? '' };
    return [{ id: 'not-json', severity: 'error', path: [], range, params, fix: undefined }];
  }
  const findings: PolicyLint[] = [];
  const report: Report = (id, severity, { path, node }, params = {}, fix = undefined) => {
    findings.push({ id, severity, path, range: { start: node.start, end: node.end }, params, fix });
  };
  const root = read.value;
  const value = nodeValue(root);
  const characters = policyCharacters(text);
  const parsed = readAnySize(value);
  if (characters > POLICY_CHARACTERS_MAX) {
    report('too-large', 'error', { path: [], node: root }, { characters, max: POLICY_CHARACTERS_MAX });
  } else if (characters >= POLICY_CHARACTERS_MAX * NEAR_LIMIT) {
    report('size-near-limit', 'info', { path: [], node: root }, { characters, max: POLICY_CHARACTERS_MAX });
  }
  if (!parsed.ok) {
    for (const { code, path, params } of parsed.failure) {
      // The size has been said, of the text as it is.
      if (code !== 'too-large') report(code, 'error', locate(root, path), params);
    }
    return findings;
  }
  const view = viewOf(text, root, parsed.value, context);
  for (const { code, path, params } of parsed.value.findings) {
    // Named better below: by what stands in the place of an ARN, and only where variables are used.
    if (code === 'version-without-variables') continue;
    report(code, code === 'unknown-condition-operator' ? 'warning' : 'error', locate(root, path), params);
  }
  checkVariables(view, root, report);
  checkPlaces(view, report);
  checkActions(view, report);
  checkAccess(view, report);
  // Compares every statement with every other: within AWS's limit these are few dozens, in a larger text thousands.
  if (characters <= POLICY_CHARACTERS_MAX) checkReach(view, report);
  return findings.sort((one, other) => one.range.start - other.range.start);
}

/** A policy over the limit is read all the same: what else is wrong with it is worth knowing. */
function readAnySize(value: JsonValue) {
  const parsed = parsePolicy(value);
  if (parsed.ok || !parsed.failure.some(({ code }) => code === 'too-large')) return parsed;
  const identity = parsePolicy(value, 'identity');
  // As an identity policy it has no limit; that dialect differs in nothing else that an IoT policy may have.
  return identity.ok
    ? identity
    : { ok: false as const, failure: [...identity.failure, policyFault('too-large', '$')] };
}

function viewOf(text: string, root: JsonNode, policy: Policy, context: PolicyLintContext): PolicyView {
  const list = memberNode(root, 'Statement')?.value;
  const isList = list?.kind === 'array';
  const statements = policy.statements.flatMap((statement): StatementView[] => {
    const path: JsonPath = isList ? ['Statement', statement.index] : ['Statement'];
    const node = list?.kind === 'array' ? list.items[statement.index] : list;
    return node === undefined ? [] : [statementView(statement, path, node)];
  });
  return {
    text,
    policy,
    statements,
    isList,
    context: { ...context, connection: context.connection ?? 'mqtt-certificate' },
  };
}

function statementView(statement: Statement, path: JsonPath, node: JsonNode): StatementView {
  return {
    statement,
    path,
    node,
    actions: items(node, path, statement.actions.negated ? 'NotAction' : 'Action'),
    resources: items(node, path, statement.resources?.negated ? 'NotResource' : 'Resource'),
    covers: actionsOf(statement),
  };
}

function items(statement: JsonNode, path: JsonPath, element: string): Item[] {
  const node = memberNode(statement, element)?.value;
  if (node === undefined) return [];
  const elements: [JsonPath, JsonNode][] =
    node.kind === 'array'
      ? node.items.map((item, index) => [[...path, element, index], item])
      : [[[...path, element], node]];
  return elements.flatMap(([itemPath, item]): Item[] =>
    item.kind === 'scalar' && typeof item.value === 'string'
      ? [{ text: item.value, path: itemPath, node: item }]
      : [],
  );
}
