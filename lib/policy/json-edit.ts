/**
 * Changes of a JSON document as data, carried out on its text: what a change does not concern stays character for
 * character, order, white space and spelling included.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';
import type { JsonFault, JsonValue } from './json-text';
import {
  type JsonMember,
  type JsonNode,
  type JsonPath,
  memberNode,
  nodeAt,
  readJsonTree,
  type TextRange,
} from './json-tree';

export type JsonEdit =
  /** Sets a value; members that are missing on the way are made, an item may be added right after the last. */
  | { kind: 'set'; path: JsonPath; value: JsonValue }
  | { kind: 'remove'; path: JsonPath }
  /** Puts an item at another index of its list; the items between them close up. */
  | { kind: 'move'; path: JsonPath; to: number }
  /** Renames a member in its place. */
  | { kind: 'rename'; path: JsonPath; name: string }
  /** Edits the JSON text inside the string at `path`, or the value itself where it is not a string. */
  | { kind: 'within'; path: JsonPath; edits: readonly JsonEdit[] };

export type JsonEditFault =
  | { code: 'not-json'; json: JsonFault }
  | { code: 'no-such-place'; path: JsonPath }
  | { code: 'name-taken'; path: JsonPath; name: string };

/** Applies edits one after the other. The result is JSON again; the first edit that cannot be done stops all. */
export function applyJsonEdits(text: string, edits: readonly JsonEdit[]): Result<string, JsonEditFault> {
  let edited = text;
  for (const edit of edits) {
    const read = readJsonTree(edited);
    if (!read.ok) return fail({ code: 'not-json', json: read.failure });
    const next = apply(edited, read.value, edit);
    if (!next.ok) return next;
    edited = next.value;
  }
  return ok(edited);
}

function apply(text: string, root: JsonNode, edit: JsonEdit): Result<string, JsonEditFault> {
  switch (edit.kind) {
    case 'set':
      return set(text, root, edit.path, edit.value);
    case 'remove':
      return remove(text, root, edit.path);
    case 'move':
      return move(text, root, edit.path, edit.to);
    case 'rename':
      return rename(text, root, edit.path, edit.name);
    case 'within':
      return within(text, root, edit.path, edit.edits);
  }
}

function set(text: string, root: JsonNode, path: JsonPath, value: JsonValue): Result<string, JsonEditFault> {
  const node = nodeAt(root, path);
  if (node !== undefined) return ok(splice(text, node, print(text, value, node.start)));
  const step = path.at(-1);
  const parentPath = path.slice(0, -1);
  const parent = nodeAt(root, parentPath);
  if (step === undefined) return fail({ code: 'no-such-place', path });
  // A parent that is missing is made with what is to be set inside it.
  if (parent === undefined && typeof step === 'string') {
    return set(text, root, parentPath, Object.fromEntries([[step, value]]));
  }
  if (parent?.kind === 'object' && typeof step === 'string') {
    return ok(
      append(text, parent, parent.members.map(wholeMember), (at) => {
        const name = JSON.stringify(step);
        return `${name}${separator(text, parent)}${print(text, value, at)}`;
      }),
    );
  }
  if (parent?.kind === 'array' && step === parent.items.length) {
    return ok(append(text, parent, parent.items, (at) => print(text, value, at)));
  }
  return fail({ code: 'no-such-place', path });
}

function remove(text: string, root: JsonNode, path: JsonPath): Result<string, JsonEditFault> {
  const step = path.at(-1);
  const parent = nodeAt(root, path.slice(0, -1));
  const parts: readonly TextRange[] =
    parent?.kind === 'object'
      ? parent.members.map(wholeMember)
      : parent?.kind === 'array'
        ? parent.items
        : [];
  const index =
    parent?.kind === 'object' ? parent.members.findIndex(({ name }) => name === step) : Number(step ?? -1);
  const part = parts[index];
  if (step === undefined || parent === undefined || part === undefined) {
    return fail({ code: 'no-such-place', path });
  }
  const before = parts[index - 1];
  const after = parts[index + 1];
  if (before !== undefined) return ok(splice(text, { start: before.end, end: part.end }, ''));
  if (after !== undefined) return ok(splice(text, { start: part.start, end: after.start }, ''));
  return ok(splice(text, { start: parent.start + 1, end: parent.end - 1 }, ''));
}

/** The items change places; what stands between them stays where it is. */
function move(text: string, root: JsonNode, path: JsonPath, to: number): Result<string, JsonEditFault> {
  const from = path.at(-1);
  const parent = nodeAt(root, path.slice(0, -1));
  if (parent?.kind !== 'array' || typeof from !== 'number') return fail({ code: 'no-such-place', path });
  const { items } = parent;
  const first = items[0];
  const last = items.at(-1);
  const moved = items[from];
  const isPlace = Number.isInteger(to) && to >= 0 && to < items.length;
  if (first === undefined || last === undefined || moved === undefined || !isPlace) {
    return fail({ code: 'no-such-place', path });
  }
  const order = items.filter((item) => item !== moved);
  order.splice(to, 0, moved);
  const joined = order.map((item, index) => {
    const here = items[index];
    const next = items[index + 1];
    const gap = here === undefined || next === undefined ? '' : text.slice(here.end, next.start);
    return text.slice(item.start, item.end) + gap;
  });
  return ok(splice(text, { start: first.start, end: last.end }, joined.join('')));
}

function rename(text: string, root: JsonNode, path: JsonPath, name: string): Result<string, JsonEditFault> {
  const parent = nodeAt(root, path.slice(0, -1));
  const old = path.at(-1);
  const found = typeof old === 'string' ? memberNode(parent, old) : undefined;
  if (found === undefined) return fail({ code: 'no-such-place', path });
  if (name !== found.name && memberNode(parent, name) !== undefined) {
    return fail({ code: 'name-taken', path, name });
  }
  return ok(splice(text, { start: found.start, end: found.nameEnd }, JSON.stringify(name)));
}

function within(
  text: string,
  root: JsonNode,
  path: JsonPath,
  edits: readonly JsonEdit[],
): Result<string, JsonEditFault> {
  const node = nodeAt(root, path);
  if (node === undefined) return fail({ code: 'no-such-place', path });
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    return applyJsonEdits(
      text,
      edits.map((edit) => ({ ...edit, path: [...path, ...edit.path] })),
    );
  }
  const inner = applyJsonEdits(node.value, edits);
  return inner.ok ? ok(splice(text, node, JSON.stringify(inner.value))) : inner;
}

/** Adds a last part in the manner of those before it: on a line of its own where they are. */
function append(
  text: string,
  parent: TextRange,
  parts: readonly TextRange[],
  printAt: (offset: number) => string,
): string {
  const last = parts.at(-1);
  const first = parts[0];
  if (last === undefined || first === undefined) {
    return splice(text, { start: parent.start + 1, end: parent.end - 1 }, printAt(parent.start));
  }
  const lead = text.slice(parent.start + 1, first.start);
  const inserted = `,${/^\s*$/.test(lead) ? lead : ''}${printAt(last.start)}`;
  return splice(text, { start: last.end, end: last.end }, inserted);
}

/** A value in the manner of the text: on several lines where the text is, indented from the line it begins on. */
function print(text: string, value: JsonValue, at: number): string {
  const indent = /\n( +)\S/.exec(text)?.[1]?.length;
  if (indent === undefined) return JSON.stringify(value);
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const margin = /^[ \t]*/.exec(text.slice(lineStart, at))?.[0] ?? '';
  return JSON.stringify(value, null, Math.min(indent, 8)).replaceAll('\n', `\n${margin}`);
}

/** What stands between a name and its value in this object, or would. */
function separator(text: string, { members }: { members: readonly JsonMember[] }): string {
  const [first] = members;
  if (first !== undefined) return text.slice(first.nameEnd, first.value.start);
  return text.includes('\n') ? ': ' : ':';
}

const wholeMember = ({ start, value }: JsonMember): TextRange => ({ start, end: value.end });

function splice(text: string, { start, end }: TextRange, insert: string): string {
  return text.slice(0, start) + insert + text.slice(end);
}
