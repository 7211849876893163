/**
 * What a device would get differently from two texts of a template. AWS IoT Developer Guide, "Provisioning templates".
 * @module
 */
import type { JsonValue } from '@/lib/policy/json-text';
import {
  type KeptPart,
  type VisualEntry,
  type VisualParameter,
  type VisualResource,
  type VisualValue,
  visualTemplate,
} from '@/lib/provisioning/document/visual-template';
import {
  parseTemplate,
  type Template,
  type TemplateFault,
  templateToJson,
} from '@/lib/provisioning/template';
import { fail, ok, type Result } from '@/lib/result';
import { diffPolicyDocuments } from './diff-policy';
import { changeOf, changesByName, changesOfSet, jsonValue } from './diff-values';
import type { DiffNote, TemplateChange, TemplateDiff } from './template-change';

/** Which of the two could not be read, and why. */
export type UnreadableSide = { side: 'before' | 'after'; faults: readonly TemplateFault[] };

/**
 * Compares two template bodies as documents: white space, order and spelling aside.
 *
 * @returns the changes; which side is no template otherwise (`before` first). Never throws.
 */
export function diffTemplates(before: string, after: string): Result<TemplateDiff, UnreadableSide> {
  const old = parseTemplate(before);
  if (!old.ok) return fail({ side: 'before', faults: old.failure });
  const fresh = parseTemplate(after);
  if (!fresh.ok) return fail({ side: 'after', faults: fresh.failure });
  const one = visualTemplate(old.value);
  const other = visualTemplate(fresh.value);
  const resources = diffResources(
    { drawn: one.resources, template: old.value },
    { drawn: other.resources, template: fresh.value },
  );
  return ok({
    isSameText: before === after,
    changes: [
      ...diffParameters(one.parameters, other.parameters),
      ...resources.changes,
      ...keptChanges(one.kept, other.kept),
    ],
    notes: resources.notes,
  });
}

function diffParameters(
  before: readonly VisualParameter[],
  after: readonly VisualParameter[],
): TemplateChange[] {
  const names = new Set([...before, ...after].map(({ name }) => name));
  const text = (value: string | undefined): VisualValue | undefined =>
    value === undefined ? undefined : { kind: 'text', text: value };
  return [...names].flatMap((name): TemplateChange[] => {
    const old = before.find((parameter) => parameter.name === name);
    const fresh = after.find((parameter) => parameter.name === name);
    const present: VisualValue = { kind: 'parameter', name };
    if (old === undefined || fresh === undefined) {
      return [{ what: 'parameter', name, before: old && present, after: fresh && present }];
    }
    return [
      ...changeOf({ what: 'parameter-default', name }, text(old.defaultValue), text(fresh.defaultValue)),
      ...keptChanges(old.kept, fresh.kept),
    ];
  });
}

type Side = { drawn: readonly VisualResource[]; template: Template };
type ResourceDiff = { changes: TemplateChange[]; notes: DiffNote[] };

/** A resource is the same one by its name and kind; what is left is paired kind by kind, in the order of the texts. */
function diffResources(before: Side, after: Side): ResourceDiff {
  const left = [...after.drawn];
  const take = (matches: (resource: VisualResource) => boolean) => {
    const at = left.findIndex(matches);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const sameKind = (one: VisualResource, other: VisualResource) =>
    one.kind === other.kind && one.type === other.type;
  const byName = before.drawn.map((old) => ({
    old,
    fresh: take((resource) => resource.logicalId === old.logicalId && sameKind(resource, old)),
  }));
  const pairs = byName.map(({ old, fresh }) => ({
    old,
    fresh: fresh ?? take((resource) => sameKind(resource, old)),
  }));
  const diffs = pairs.map(({ old, fresh }) =>
    fresh === undefined ? wholeResource(old, before.template, 'before') : diffResource(old, fresh),
  );
  const added = left.map((fresh) => wholeResource(fresh, after.template, 'after'));
  return {
    changes: [...diffs, ...added].flatMap(({ changes }) => changes),
    notes: diffs.flatMap(({ notes }) => notes),
  };
}

function wholeResource(resource: VisualResource, template: Template, side: 'before' | 'after'): ResourceDiff {
  const { logicalId, kind } = resource;
  const resources = templateToJson(template)['Resources'];
  const json: JsonValue | undefined =
    typeof resources === 'object' && resources !== null && !Array.isArray(resources)
      ? resources[logicalId]
      : undefined;
  const value = jsonValue(json ?? {});
  const what = kind === 'other' ? 'resource' : kind;
  const sides = side === 'before' ? { before: value, after: undefined } : { before: undefined, after: value };
  return { changes: [{ what, name: logicalId, ...sides }], notes: [] };
}

function diffResource(old: VisualResource, fresh: VisualResource): ResourceDiff {
  const own = diffOwn(old, fresh);
  const notes: DiffNote[] =
    old.logicalId === fresh.logicalId
      ? []
      : [{ code: 'resource-renamed', name: old.logicalId, to: fresh.logicalId }];
  return {
    changes: [
      ...own.changes,
      ...changesByName(
        (name) => ({ what: 'override', name }),
        entries(old.overrides),
        entries(fresh.overrides),
      ),
      ...keptChanges(keptBelow(old, fresh.path), fresh.kept),
    ],
    notes: [...notes, ...own.notes],
  };
}

function diffOwn(old: VisualResource, fresh: VisualResource): ResourceDiff {
  const name = fresh.logicalId;
  if (old.kind === 'thing' && fresh.kind === 'thing') {
    const changes = [
      ...changeOf({ what: 'thing-name', name }, old.name, fresh.name),
      ...changeOf({ what: 'thing-type', name }, old.typeName, fresh.typeName),
      ...changeOf({ what: 'billing-group', name }, old.billingGroup, fresh.billingGroup),
      ...changesOfSet({ what: 'thing-group', name }, old.groups, fresh.groups),
      ...changesByName(
        (attribute) => ({ what: 'attribute', name: attribute }),
        entries(old.attributes),
        entries(fresh.attributes),
      ),
    ];
    return { changes, notes: [] };
  }
  if (old.kind === 'certificate' && fresh.kind === 'certificate') {
    const changes = [
      ...changeOf({ what: 'certificate-id', name }, old.certificateId, fresh.certificateId),
      ...changeOf({ what: 'certificate-status', name }, old.status, fresh.status),
    ];
    return { changes, notes: [] };
  }
  if (old.kind !== 'policy' || fresh.kind !== 'policy') return { changes: [], notes: [] };
  const named = changeOf({ what: 'policy-name', name }, old.name, fresh.name);
  if (old.document !== undefined && fresh.document !== undefined) {
    const { changes, notes } = diffPolicyDocuments(name, old.document, fresh.document);
    // With a name of its own, the policy keeps it whatever its text.
    return { changes: [...named, ...changes], notes: fresh.name === undefined ? notes : [] };
  }
  const text = (value: string | undefined): VisualValue | undefined =>
    value === undefined ? undefined : { kind: 'text', text: value };
  return {
    changes: [
      ...named,
      ...changeOf({ what: 'policy-document', name }, text(old.document), text(fresh.document)),
    ],
    notes: [],
  };
}

const entries = (list: readonly VisualEntry[]) => new Map(list.map(({ name, value }) => [name, value]));

/** What the visual editor has no place for, by its path in the other text, where the resource may have another name. */
function keptBelow({ path, kept }: VisualResource, newPath: string): KeptPart[] {
  return kept.map((part) => ({ ...part, path: part.path.replace(path, () => newPath) }));
}

function keptChanges(before: readonly KeptPart[], after: readonly KeptPart[]): TemplateChange[] {
  const parts = (list: readonly KeptPart[]) =>
    new Map(list.map(({ path, json }): [string, VisualValue] => [path, { kind: 'other', json }]));
  return changesByName((name) => ({ what: 'other', name }), parts(before), parts(after));
}
