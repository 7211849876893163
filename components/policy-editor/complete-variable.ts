/**
 * Completion of policy variables in the middle of a text.
 * @module
 */
import { VARIABLES } from '@/lib/policy/lint/device-actions';

/** What stands before the caret and can become a variable: from the `$` on. */
export type OpenVariable = { start: number; typed: string };

/** The variables by how often policies use them; the rest in the guide's order. */
const COMMON = [
  'iot:Connection.Thing.ThingName',
  'iot:Certificate.Subject.CommonName',
  'iot:ClientId',
  'iot:Connection.Thing.ThingTypeName',
  'iot:Certificate.SerialNumber',
];
const ALL: readonly string[] = [...COMMON, ...VARIABLES.filter((name) => !COMMON.includes(name))];

/** The variable that is being typed at the caret; undefined where none is. */
export function openVariable(text: string, caret: number): OpenVariable | undefined {
  const found = /\$\{?([\w:.[\]]*)$/.exec(text.slice(0, caret));
  return found === null ? undefined : { start: found.index, typed: found[1] ?? '' };
}

/** The variables that a typed part can mean; those that begin with it first. */
export function matchingVariables(typed: string): string[] {
  const wanted = typed.toLowerCase();
  const begins = ALL.filter((name) => name.toLowerCase().startsWith(wanted));
  const contains = ALL.filter((name) => !begins.includes(name) && name.toLowerCase().includes(wanted));
  return [...begins, ...contains];
}

/** The text with the open variable completed, and where the caret goes. */
export function completeVariable(text: string, caret: number, name: string): { text: string; caret: number } {
  const start = openVariable(text, caret)?.start ?? caret;
  const variable = `\${${name}}`;
  const rest = text.slice(caret).replace(/^\}/, '');
  return { text: text.slice(0, start) + variable + rest, caret: start + variable.length };
}
