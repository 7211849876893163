/**
 * A policy document as a list of sentences, and the edits that change it: statements that are not touched stay as they
 * are written.
 * @module
 */
import type { JsonEdit } from '@/lib/policy/json-edit';
import type { JsonFault } from '@/lib/policy/json-text';
import { type JsonPath, memberNode, nodeValue, readJsonTree } from '@/lib/policy/json-tree';
import type { Place } from '@/lib/policy/lint/iot-arn';
import { ok, type Result } from '@/lib/result';
import { printSentence, type ReadStatement, readStatement, type Sentence } from './sentence';

export type PolicySentences = {
  /** `path`: of the statement in the document. */
  statements: (ReadStatement & { path: JsonPath })[];
  /** Whether the document has a list to add to; a single statement without brackets becomes one. */
  isList: boolean;
};

/** Reads a document; what is not understood in it comes back as it is. Never throws. */
export function readSentences(text: string, place: Place): Result<PolicySentences, JsonFault> {
  const read = readJsonTree(text);
  if (!read.ok) return read;
  const list = memberNode(read.value, 'Statement')?.value;
  const isList = list?.kind === 'array';
  const nodes = list?.kind === 'array' ? list.items : list === undefined ? [] : [list];
  const statements = nodes.map((node, index) => ({
    ...readStatement(nodeValue(node), place),
    path: isList ? ['Statement', index] : ['Statement'],
  }));
  return ok({ statements, isList });
}

/** Replaces the statement at `path`. */
export function setSentence(path: JsonPath, sentence: Sentence, place: Place): JsonEdit[] {
  return [{ kind: 'set', path, value: printSentence(sentence, place) }];
}

/** Adds a sentence at the end. */
export function addSentence(
  { statements, isList }: PolicySentences,
  sentence: Sentence,
  place: Place,
): JsonEdit[] {
  const value = printSentence(sentence, place);
  if (isList) return [{ kind: 'set', path: ['Statement', statements.length], value }];
  const before = statements.map((statement) =>
    statement.kind === 'other' ? statement.statement : printSentence(statement.sentence, place),
  );
  return [{ kind: 'set', path: ['Statement'], value: [...before, value] }];
}

export function removeSentence(path: JsonPath): JsonEdit[] {
  return [{ kind: 'remove', path }];
}

/** Puts the statement at `path` at another place of the list. */
export function moveSentence(path: JsonPath, to: number): JsonEdit[] {
  return [{ kind: 'move', path, to }];
}

/** The text of a new document. `indent` 0 gives the shortest, as a template wants it. */
export function printSentences(sentences: readonly Sentence[], place: Place, indent = 0): string {
  const statements = sentences.map((sentence) => printSentence(sentence, place));
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, indent);
}
