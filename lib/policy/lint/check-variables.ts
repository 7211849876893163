/**
 * Variables that have no value on this kind of connection, or none at all: their statement never matches.
 * AWS IoT Developer Guide, "AWS IoT Core policy variables".
 * @module
 */
import { type JsonNode, type JsonPath, memberNode } from '@/lib/policy/json-tree';
import { judgeVariable, nearestVariable } from './device-actions';
import type { PolicyView, Report } from './policy-finding';

const WITH_VARIABLES = '2012-10-17';
const VARIABLE = /\$\{([^}]*)\}/g;

export function checkVariables(
  { policy, statements, context }: PolicyView,
  root: JsonNode,
  report: Report,
): void {
  const used: { name: string; path: JsonPath; node: JsonNode; text: string }[] = [];
  const visit = (node: JsonNode, path: JsonPath) => {
    if (node.kind === 'scalar' && typeof node.value === 'string') {
      for (const [, name] of node.value.matchAll(VARIABLE)) {
        // `${*}`, `${?}` and `${$}` are the characters themselves.
        if (name !== undefined && !['*', '?', '$'].includes(name))
          used.push({ name, path, node, text: node.value });
      }
    } else if (node.kind === 'array') {
      for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
    } else if (node.kind === 'object') {
      for (const { name, value } of node.members) visit(value, [...path, name]);
    }
  };
  for (const { node, path } of statements) {
    for (const element of ['Resource', 'NotResource', 'Condition']) {
      const value = memberNode(node, element)?.value;
      if (value !== undefined) visit(value, [...path, element]);
    }
  }
  if (used.length > 0 && policy.version !== WITH_VARIABLES) {
    const at = { path: ['Version'], node: memberNode(root, 'Version')?.value ?? root };
    report('version-without-variables', 'error', at, { version: policy.version ?? '' }, [
      { kind: 'set', path: ['Version'], value: WITH_VARIABLES },
    ]);
  }
  for (const { name, path, node, text } of used) {
    const verdict = judgeVariable(name, context.connection);
    if (verdict === 'not-for-this-connection') {
      report(
        'variable-not-for-this-connection',
        'error',
        { path, node },
        { name, connection: context.connection },
      );
    }
    if (verdict !== 'unknown') continue;
    const nearest = nearestVariable(name);
    const value = text.replaceAll(`\${${name}}`, `\${${nearest}}`);
    report(
      'variable-unknown',
      'error',
      { path, node },
      { name, nearest: nearest ?? '' },
      nearest === undefined ? undefined : [{ kind: 'set', path, value }],
    );
  }
}
