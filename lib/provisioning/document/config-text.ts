/**
 * The registration config of an inline template as a text that a person types: read strictly, edited in place.
 * AWS IoT API Reference, RegistrationConfig.
 * @module
 */
import { applyJsonEdits, type JsonEdit } from '@/lib/policy/json-edit';
import { rangeInLiteral, stringOffsets } from '@/lib/policy/json-string';
import type { JsonFault } from '@/lib/policy/json-text';
import { memberNode, readJsonTree, type TextRange } from '@/lib/policy/json-tree';
import { fail, ok, type Result } from '@/lib/result';

export type ConfigContent = { body: string; roleArn: string };

export type ConfigTextFault = {
  code: 'not-json' | 'not-an-object' | 'no-template-body' | 'not-a-string' | 'body-not-json';
  json: JsonFault | undefined;
  /** In the config's own text. */
  range: TextRange;
};

/** Reads `{templateBody, roleArn}`; any other form is no text of this view. Total. */
export function readConfigText(text: string): Result<ConfigContent, ConfigTextFault> {
  const tree = readJsonTree(text);
  if (!tree.ok) {
    const { offset } = tree.failure.at;
    const range = { start: offset, end: Math.min(offset + 1, text.length) };
    return fail({ code: 'not-json', json: tree.failure, range });
  }
  const whole = { start: tree.value.start, end: tree.value.end };
  if (tree.value.kind !== 'object') return fail({ code: 'not-an-object', json: undefined, range: whole });
  const body = memberNode(tree.value, 'templateBody')?.value;
  if (body === undefined) return fail({ code: 'no-template-body', json: undefined, range: whole });
  const role = memberNode(tree.value, 'roleArn')?.value;
  for (const node of [body, role]) {
    if (node !== undefined && (node.kind !== 'scalar' || typeof node.value !== 'string')) {
      return fail({ code: 'not-a-string', json: undefined, range: { start: node.start, end: node.end } });
    }
  }
  const templateBody = body.kind === 'scalar' ? String(body.value) : '';
  const template = readJsonTree(templateBody);
  if (!template.ok) {
    const { offset } = template.failure.at;
    const range = rangeInLiteral(stringOffsets(text, body), { start: offset, end: offset + 1 });
    return fail({ code: 'body-not-json', json: template.failure, range });
  }
  return ok({ body: templateBody, roleArn: role?.kind === 'scalar' ? String(role.value) : '' });
}

/** The config with other content; its order, white space and further members stay as they are. */
export function setConfigContent(text: string, { body, roleArn }: ConfigContent): string {
  const read = readJsonTree(text);
  if (!read.ok || read.value.kind !== 'object') return text;
  const edits: JsonEdit[] = [{ kind: 'set', path: ['templateBody'], value: body }];
  if (roleArn !== '') edits.push({ kind: 'set', path: ['roleArn'], value: roleArn });
  else if (memberNode(read.value, 'roleArn') !== undefined) edits.push({ kind: 'remove', path: ['roleArn'] });
  const edited = applyJsonEdits(text, edits);
  return edited.ok ? edited.value : text;
}

/** Maps ranges of the template to ranges of the config that holds it; undefined for a config without one. */
export function rangesInConfigText(text: string): (range: TextRange) => TextRange | undefined {
  const tree = readJsonTree(text);
  const body = tree.ok ? memberNode(tree.value, 'templateBody')?.value : undefined;
  if (body?.kind !== 'scalar' || typeof body.value !== 'string') return () => undefined;
  const toOuter = stringOffsets(text, body);
  return (range) => rangeInLiteral(toOuter, range);
}
