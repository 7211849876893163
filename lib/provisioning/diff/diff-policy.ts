/**
 * How two policy documents differ, statement by statement.
 * @module
 */
import { isJsonObject, type JsonObject, type JsonValue, member, readJson } from '@/lib/policy/json-text';
import { canonicalJson, jsonValue } from './diff-values';
import type { DiffNote, TemplateChange } from './template-change';

type PolicyDiff = { changes: TemplateChange[]; notes: DiffNote[] };

/** `name`: of the policy's resource. The order of statements means nothing in a policy. */
export function diffPolicyDocuments(name: string, before: string, after: string): PolicyDiff {
  if (before === after) return { changes: [], notes: [] };
  const old = readDocument(before);
  const fresh = readDocument(after);
  if (old === undefined || fresh === undefined) {
    const part = { what: 'policy-document', name } as const;
    const text = (value: string) => ({ kind: 'text', text: value }) as const;
    return { changes: [{ ...part, before: text(before), after: text(after) }], notes: [] };
  }
  const changes = [
    ...statementChanges(old.statements, fresh.statements),
    ...(old.rest === fresh.rest
      ? []
      : [
          {
            what: 'policy-document',
            name,
            before: { kind: 'other', json: old.rest },
            after: { kind: 'other', json: fresh.rest },
          } as const,
        ]),
  ];
  return changes.length === 0
    ? { changes: [], notes: [{ code: 'policy-renamed-by-text', name }] }
    : { changes, notes: [] };
}

type Statement = { index: number; sid: string | undefined; value: JsonObject; canonical: string };

/** `rest`: Version, Id and whatever else stands beside the statements. Undefined when it is not a document. */
function readDocument(text: string): { statements: Statement[]; rest: string } | undefined {
  const read = readJson(text);
  if (!read.ok || !isJsonObject(read.value)) return undefined;
  const raw = member(read.value, 'Statement');
  const items: JsonValue[] = Array.isArray(raw) ? raw : raw === undefined ? [] : [raw];
  const statements = items.flatMap((value, index): Statement[] => {
    if (!isJsonObject(value)) return [];
    const sid = member(value, 'Sid');
    const canonical = canonicalStatement(value);
    return [{ index, value, canonical, sid: typeof sid === 'string' ? sid : undefined }];
  });
  if (statements.length < items.length) return undefined;
  const rest = Object.fromEntries(Object.entries(read.value).filter(([name]) => name !== 'Statement'));
  return { statements, rest: canonicalJson(rest) };
}

/** One text for all spellings: a single action or resource is a list of one, and the order within a list means nothing. */
function canonicalStatement(statement: JsonObject): string {
  const lists = ['Action', 'NotAction', 'Resource', 'NotResource'];
  const members = Object.entries(statement).map(([name, value]): [string, JsonValue] => {
    if (!lists.includes(name)) return [name, value];
    const items = Array.isArray(value) ? value : [value];
    return [name, [...new Set(items.map(canonicalJson))].sort((one, other) => (one < other ? -1 : 1))];
  });
  return canonicalJson(Object.fromEntries(members));
}

function statementChanges(before: readonly Statement[], after: readonly Statement[]): TemplateChange[] {
  // Equal statements are taken out first, one against one, so that what moved is no change.
  const unmatched = [...after];
  const gone = before.filter(({ canonical }) => {
    const at = unmatched.findIndex((statement) => statement.canonical === canonical);
    if (at >= 0) unmatched.splice(at, 1);
    return at < 0;
  });
  const changes = gone.map((statement): TemplateChange => {
    const at = unmatched.findIndex((candidate) => isSuccessor(statement, candidate));
    const [successor] = at < 0 ? [] : unmatched.splice(at, 1);
    return {
      what: 'statement',
      name: nameOf(statement),
      before: jsonValue(statement.value),
      after: successor && jsonValue(successor.value),
    };
  });
  return [
    ...changes,
    ...unmatched.map(
      (statement): TemplateChange => ({
        what: 'statement',
        name: nameOf(statement),
        before: undefined,
        after: jsonValue(statement.value),
      }),
    ),
  ];
}

const nameOf = ({ sid, index }: Statement): string => sid ?? `#${index + 1}`;

/** The same Sid, or without any the same effect on the same actions or resources. */
function isSuccessor(one: Statement, other: Statement): boolean {
  if (one.sid !== undefined || other.sid !== undefined) return one.sid === other.sid;
  const same = (name: string) => {
    const [a, b] = [member(one.value, name), member(other.value, name)];
    return (
      a !== undefined &&
      b !== undefined &&
      canonicalStatement({ [name]: a }) === canonicalStatement({ [name]: b })
    );
  };
  return same('Effect') && (same('Action') || same('Resource'));
}
