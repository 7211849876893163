/**
 * A policy document in outline, for the drawing: who may do what where, one line a statement. What it leaves out (keys of
 * conditions, unknown elements) stays in the document and is named as being there.
 * @module
 */
import type { JsonFault, JsonValue } from '@/lib/policy/json-text';
import { type JsonNode, memberNode, nodeValue, readJsonTree } from '@/lib/policy/json-tree';
import { ok, type Result } from '@/lib/result';

export type OutlinedStatement = {
  /** As written; empty where it is missing. */
  effect: string;
  /** `NotAction` and `NotResource` name what is left out. */
  actions: { names: string[]; isNegated: boolean };
  /** Without `arn:…:iot:<Region>:<account>:`, which says nothing at a glance. */
  resources: { names: string[]; isNegated: boolean };
  isConditional: boolean;
};

const IOT_ARN = /^arn:aws[\w-]*:iot:[^:]*:[^:]*:/;

/** The statements of a document, in order. Total. */
export function outlinePolicy(text: string): Result<OutlinedStatement[], JsonFault> {
  const read = readJsonTree(text);
  if (!read.ok) return read;
  const statement = memberNode(read.value, 'Statement')?.value;
  const nodes = statement?.kind === 'array' ? statement.items : statement === undefined ? [] : [statement];
  return ok(
    nodes.map((node) => {
      const { names, isNegated } = either(node, 'Resource');
      return {
        effect: textsOf(memberNode(node, 'Effect')?.value)[0] ?? '',
        actions: either(node, 'Action'),
        resources: { names: names.map((name) => name.replace(IOT_ARN, '')), isNegated },
        isConditional: memberNode(node, 'Condition') !== undefined,
      };
    }),
  );
}

function either(node: JsonNode, element: 'Action' | 'Resource'): { names: string[]; isNegated: boolean } {
  const plain = memberNode(node, element);
  const negated = memberNode(node, `Not${element}`);
  return {
    names: textsOf((plain ?? negated)?.value),
    isNegated: plain === undefined && negated !== undefined,
  };
}

function textsOf(node: JsonNode | undefined): string[] {
  if (node === undefined) return [];
  const value: JsonValue = nodeValue(node);
  const list = Array.isArray(value) ? value : [value];
  return list.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}
