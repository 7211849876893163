/**
 * A JSON text as a tree that knows where each value stands, in the order of the text.
 * RFC 8259. Values alone lose both: JavaScript moves members named like integers to the front.
 * @module
 */
import type { Result } from '@/lib/result';
import { type JsonFault, type JsonValue, type ReadMember, readJsonWith, setMember } from './json-text';

/** UTF-16 offsets; `end` is that after the last character. */
export type TextRange = { start: number; end: number };

export type JsonNode = TextRange &
  (
    | { kind: 'object'; members: readonly JsonMember[] }
    | { kind: 'array'; items: readonly JsonNode[] }
    | { kind: 'scalar'; value: string | number | boolean | null }
  );

/** `start` and `nameEnd` enclose the name with its quotes. */
export type JsonMember = ReadMember<JsonNode>;

/** Names of members and indexes of items, from the root. */
export type JsonPath = readonly (string | number)[];

/** Reads a text as {@link readJson} does, keeping positions. Never throws. */
export function readJsonTree(text: string): Result<JsonNode, JsonFault> {
  return readJsonWith<JsonNode>(text, {
    object: (members, start, end) => ({ kind: 'object', members, start, end }),
    array: (items, start, end) => ({ kind: 'array', items, start, end }),
    scalar: (value, start, end) => ({ kind: 'scalar', value, start, end }),
  });
}

/** The value of a node, without positions. */
export function nodeValue(node: JsonNode): JsonValue {
  switch (node.kind) {
    case 'object': {
      const object = {};
      for (const { name, value } of node.members) setMember(object, name, nodeValue(value));
      return object;
    }
    case 'array':
      return node.items.map(nodeValue);
    case 'scalar':
      return node.value;
  }
}

/** The node at a path; undefined where there is none. */
export function nodeAt(root: JsonNode, path: JsonPath): JsonNode | undefined {
  let node: JsonNode | undefined = root;
  for (const step of path) node = node === undefined ? undefined : child(node, step);
  return node;
}

/** The member of an object node by its name. */
export function memberNode(node: JsonNode | undefined, name: string): JsonMember | undefined {
  return node?.kind === 'object' ? node.members.find((candidate) => candidate.name === name) : undefined;
}

/** The text of a node: no white space, members in their order, so that equal documents have equal texts. */
export function canonicalJson(node: JsonNode): string {
  switch (node.kind) {
    case 'object': {
      const members = node.members.map(
        ({ name, value }) => `${JSON.stringify(name)}:${canonicalJson(value)}`,
      );
      return `{${members.join(',')}}`;
    }
    case 'array':
      return `[${node.items.map(canonicalJson).join(',')}]`;
    case 'scalar':
      return JSON.stringify(node.value);
  }
}

/** Whether two texts are the same document: members in the same order, whatever the white space and the escapes. */
export function isSameJson(one: string, other: string): boolean {
  const first = readJsonTree(one);
  const second = readJsonTree(other);
  return first.ok && second.ok && canonicalJson(first.value) === canonicalJson(second.value);
}

export type Located = {
  /** The value itself, or the nearest one around it where the path names something that is missing. */
  node: JsonNode;
  path: JsonPath;
  /** The member that holds it, when one does. */
  member: JsonMember | undefined;
  isExact: boolean;
};

/**
 * Finds what a written path (`$.Resources.thing["a b"][0]`) means in a tree. The tree decides how names with dots are to
 * be understood, which the written form alone cannot.
 */
export function locate(root: JsonNode, written: string): Located {
  const start: Located = { node: root, path: [], member: undefined, isExact: written === '$' };
  return written.startsWith('$') ? descend(start, written.slice(1)) : start;
}

function descend(from: Located, rest: string): Located {
  if (rest === '') return { ...from, isExact: true };
  let nearest: Located = { ...from, isExact: false };
  for (const [step, memberOfStep, node] of children(from.node)) {
    const spellings = typeof step === 'number' ? [`[${step}]`] : [`.${step}`, `[${JSON.stringify(step)}]`];
    for (const spelling of spellings) {
      if (!rest.startsWith(spelling)) continue;
      const after = rest.slice(spelling.length);
      if (after !== '' && !after.startsWith('.') && !after.startsWith('[')) continue;
      const found = descend(
        { node, path: [...from.path, step], member: memberOfStep, isExact: false },
        after,
      );
      if (found.isExact) return found;
      if (found.path.length > nearest.path.length) nearest = found;
    }
  }
  return nearest;
}

function children(node: JsonNode): [string | number, JsonMember | undefined, JsonNode][] {
  if (node.kind === 'object') return node.members.map((entry) => [entry.name, entry, entry.value]);
  return node.kind === 'array' ? node.items.map((item, index) => [index, undefined, item]) : [];
}

function child(node: JsonNode, step: string | number): JsonNode | undefined {
  if (typeof step === 'string') return memberNode(node, step)?.value;
  return node.kind === 'array' ? node.items[step] : undefined;
}
