/**
 * Where a finding stands in the text, from the path that a check has written.
 * @module
 */
import { type JsonNode, type JsonPath, locate, type TextRange } from '@/lib/policy/json-tree';

/**
 * The place of a path. What is missing stands at the nearest thing around it, and keeps its own name in the path.
 *
 * @param found - a text that is looked for itself, a placeholder for example
 */
export function placeOf(
  text: string,
  root: JsonNode,
  written: string,
  found: string | number | undefined,
): { path: JsonPath; range: TextRange } {
  const at = typeof found === 'string' ? text.indexOf(found) : -1;
  if (at !== -1) return { path: [], range: { start: at, end: at + String(found).length } };
  const { path, node, member, isExact } = locate(root, written);
  const ofValue = { start: node.start, end: node.kind === 'scalar' ? node.end : node.start + 1 };
  const range =
    node.kind === 'scalar' || member === undefined ? ofValue : { start: member.start, end: member.nameEnd };
  const name = /\.([A-Za-z]+)$/.exec(written)?.[1];
  const isDirect = name !== undefined && locate(root, written.slice(0, -name.length - 1)).isExact;
  return { path: isExact || !isDirect ? path : [...path, name], range };
}
