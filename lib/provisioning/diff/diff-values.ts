/**
 * Comparing the values of two templates, order of members aside.
 * @module
 */
import { isJsonObject, type JsonValue } from '@/lib/policy/json-text';
import { type VisualValue, visualValueToJson } from '@/lib/provisioning/document/visual-template';
import type { ChangedPart, TemplateChange } from './template-change';

type Values = ReadonlyMap<string, VisualValue>;

/** One text for all spellings of a value: members in order of their names. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`);
  return `{${members.join(',')}}`;
}

export const jsonValue = (value: JsonValue): VisualValue => ({ kind: 'other', json: JSON.stringify(value) });

export function isEqualValue(one: VisualValue | undefined, other: VisualValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalJson(visualValueToJson(one)) === canonicalJson(visualValueToJson(other));
}

/** The change of one value; none when it is equal. */
export function changeOf(
  part: ChangedPart,
  before: VisualValue | undefined,
  after: VisualValue | undefined,
): TemplateChange[] {
  return isEqualValue(before, after) ? [] : [{ ...part, before, after }];
}

/** The changes of named values, in the order of `before`, then of what is new. */
export function changesByName(
  partOf: (name: string) => ChangedPart,
  before: Values,
  after: Values,
): TemplateChange[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) => changeOf(partOf(name), before.get(name), after.get(name)));
}

/** What a list gained and lost; its order and repetitions mean nothing. */
export function changesOfSet(
  part: ChangedPart,
  before: readonly VisualValue[],
  after: readonly VisualValue[],
): TemplateChange[] {
  const lacks = (list: readonly VisualValue[]) => (value: VisualValue) =>
    !list.some((item) => isEqualValue(item, value));
  return [
    ...before.filter(lacks(after)).map((value) => ({ ...part, before: value, after: undefined })),
    ...after.filter(lacks(before)).map((value) => ({ ...part, before: undefined, after: value })),
  ];
}
