/**
 * What becomes of a thing that is already there when a template names it.
 * AWS IoT Developer Guide, "Provisioning templates", section on override settings.
 * @module
 */
import type { PlannedThing } from './plan';
import { type EvaluationNotes, provisioningFailure } from './provisioning-failure';
import type { ExistingThing } from './registry-facts';
import { memberPath, type TemplateResource } from './template';
import type { WantedThing } from './thing-properties';

type Override = 'DO_NOTHING' | 'REPLACE' | 'MERGE' | 'FAIL';

/** The thing as it will be: `existing`, changed where the template's override settings say so. */
export function overrideThing(
  resource: TemplateResource,
  name: string,
  facts: { existing: ExistingThing; wanted: WantedThing },
  notes: EvaluationNotes,
): PlannedThing {
  const override = readOverrides(resource, notes);
  failWhereAsked(resource, name, facts.wanted, override, notes);
  return overridden(name, facts.existing, facts.wanted, override);
}

/** Reports settings that do not exist, whether or not the thing does. */
export function checkOverrides(resource: TemplateResource, notes: EvaluationNotes): void {
  readOverrides(resource, notes);
}

function overridden(
  name: string,
  existing: ExistingThing,
  wanted: WantedThing,
  override: (property: string) => Override,
): PlannedThing {
  const chooseList = <Value>(
    property: string,
    before: Value,
    now: Value | undefined,
    merged: () => Value,
  ) => {
    if (now === undefined) return before;
    if (override(property) === 'MERGE') return merged();
    return override(property) === 'REPLACE' ? now : before;
  };
  const { attributes: newAttributes = {}, groups: newGroups = [] } = wanted;
  const groupsBefore = existing.thingGroups ?? [];
  const attributes = chooseList('AttributePayload', existing.attributes, wanted.attributes, () => ({
    ...existing.attributes,
    ...newAttributes,
  }));
  const groups = chooseList('ThingGroups', groupsBefore, wanted.groups, () => [
    ...new Set([...groupsBefore, ...newGroups]),
  ]);
  const typeName =
    override('ThingTypeName') === 'REPLACE'
      ? (wanted.typeName ?? existing.thingTypeName)
      : existing.thingTypeName;
  const billingGroup =
    override('BillingGroup') === 'REPLACE'
      ? (wanted.billingGroup ?? existing.billingGroup)
      : existing.billingGroup;
  const isSame =
    sameMembers(attributes, existing.attributes) &&
    groups.length === groupsBefore.length &&
    groups.every((group) => groupsBefore.includes(group)) &&
    typeName === existing.thingTypeName &&
    billingGroup === existing.billingGroup;
  return { name, attributes, typeName, groups, billingGroup, deed: isSame ? 'reuse' : 'update' };
}

function failWhereAsked(
  resource: TemplateResource,
  name: string,
  wanted: WantedThing,
  override: (property: string) => Override,
  notes: EvaluationNotes,
): void {
  const set: [string, unknown][] = [
    ['AttributePayload', wanted.attributes],
    ['ThingTypeName', wanted.typeName],
    ['ThingGroups', wanted.groups],
    ['BillingGroup', wanted.billingGroup],
  ];
  for (const [property, value] of set) {
    if (value === undefined || override(property) !== 'FAIL') continue;
    notes.failures.push(
      provisioningFailure({
        code: 'thing-exists',
        // Guide: FAIL makes the request fail with this name; its words are not documented.
        awsName: 'ResourceConflictsException',
        message: `Thing ${name} already exists and OverrideSettings.${property} is FAIL`,
        authority: 'documented',
        path: `${memberPath('$.Resources', resource.logicalId)}.OverrideSettings.${property}`,
        params: { name, property },
      }),
    );
  }
}

/** The guide's prose and its examples spell the properties differently; both are taken. */
const OVERRIDE_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['AttributePayload', 'AttributePayload'],
  ['ATTRIBUTE_PAYLOAD', 'AttributePayload'],
  ['ThingTypeName', 'ThingTypeName'],
  ['THING_TYPE_NAME', 'ThingTypeName'],
  ['ThingGroups', 'ThingGroups'],
  ['THING_GROUPS', 'ThingGroups'],
  ['BillingGroup', 'BillingGroup'],
]);
const MERGEABLE: readonly string[] = ['AttributePayload', 'ThingGroups'];

/** Without a setting an existing thing is left as it is: the guide gives no default, and this one harms nothing. */
function readOverrides(resource: TemplateResource, notes: EvaluationNotes): (property: string) => Override {
  const settings = new Map<string, Override>();
  for (const [written, value] of Object.entries(resource.overrideSettings ?? {})) {
    const property = OVERRIDE_PROPERTIES.get(written);
    const isKnown =
      value === 'DO_NOTHING' ||
      value === 'REPLACE' ||
      value === 'FAIL' ||
      (value === 'MERGE' && property !== undefined && MERGEABLE.includes(property));
    if (property !== undefined && isKnown) {
      settings.set(property, value);
      continue;
    }
    notes.failures.push(
      provisioningFailure({
        code: 'override-setting-unknown',
        message: `Invalid registration template. Invalid override setting: ${written}=${JSON.stringify(value)}`,
        authority: 'inferred',
        path: memberPath(`${memberPath('$.Resources', resource.logicalId)}.OverrideSettings`, written),
        params: { property: written, value: JSON.stringify(value) },
      }),
    );
  }
  return (property) => settings.get(property) ?? 'DO_NOTHING';
}

function sameMembers(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
