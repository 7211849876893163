/**
 * The thing resource of a template, against the thing that may already be there.
 * AWS IoT Developer Guide, "Provisioning templates", sections on things and on override settings.
 * @module
 */
import type { JsonObject } from '@/lib/policy/json-text';
import type { PlannedThing, PlanStep } from './plan';
import { type EvaluationNotes, type FailureCode, provisioningFailure } from './provisioning-failure';
import { propertiesPath } from './references';
import type { Presence, RegistryFacts } from './registry-facts';
import { ATTRIBUTES_WITH_TYPE_MAX, ATTRIBUTES_WITHOUT_TYPE_MAX } from './registry-names';
import type { TemplateResource } from './template';
import { checkOverrides, overrideThing } from './thing-overrides';
import { readThingProperties, type WantedThing } from './thing-properties';

/** The plan for a thing resource whose Refs are resolved; undefined when it failed, see `notes`. */
export function evaluateThing(
  resource: TemplateResource,
  properties: JsonObject,
  registry: RegistryFacts,
  notes: EvaluationNotes,
): PlannedThing | undefined {
  const path = propertiesPath(resource.logicalId);
  const failuresBefore = notes.failures.length;
  const { name, wanted } = readThingProperties(properties, path, notes);
  lookUpNamed(wanted, path, registry, notes);
  if (name === undefined) return undefined;

  if (name.includes(':')) {
    notes.findings.push({ code: 'thing-name-contains-colon', path: `${path}.ThingName`, params: { name } });
  }
  const thing = combine(resource, name, wanted, registry, notes);
  checkAttributeCount(thing, path, notes);
  return notes.failures.length === failuresBefore ? thing : undefined;
}

/** The calls that make or change the thing. */
export function thingSteps(thing: PlannedThing, registry: RegistryFacts): PlanStep[] {
  const { name: thingName, attributes, typeName: thingTypeName } = thing;
  if (thing.deed === 'reuse') return [];
  const found = registry.thing(thingName);
  const existing = found.kind === 'present' ? found.thing : undefined;
  const steps: PlanStep[] = [
    {
      action: thing.deed === 'create' ? 'iot:CreateThing' : 'iot:UpdateThing',
      thingName,
      attributes,
      thingTypeName,
    },
  ];
  const groupsBefore = existing?.thingGroups ?? [];
  for (const thingGroupName of groupsBefore.filter((group) => !thing.groups.includes(group))) {
    steps.push({ action: 'iot:RemoveThingFromThingGroup', thingName, thingGroupName });
  }
  for (const thingGroupName of thing.groups.filter((group) => !groupsBefore.includes(group))) {
    steps.push({ action: 'iot:AddThingToThingGroup', thingName, thingGroupName });
  }
  const { billingGroup: billingGroupName } = thing;
  const billingGroupBefore = existing?.billingGroup;
  if (billingGroupName !== undefined && billingGroupName !== billingGroupBefore) {
    // A thing has one billing group at most: it has to leave the one before it comes to another.
    if (billingGroupBefore !== undefined) {
      steps.push({
        action: 'iot:RemoveThingFromBillingGroup',
        thingName,
        billingGroupName: billingGroupBefore,
      });
    }
    steps.push({ action: 'iot:AddThingToBillingGroup', thingName, billingGroupName });
  }
  return steps;
}

function lookUpNamed(
  wanted: WantedThing,
  path: string,
  registry: RegistryFacts,
  notes: EvaluationNotes,
): void {
  const look = (name: string, presence: Presence, where: string, code: FailureCode, label: string) => {
    if (presence === 'unknown') notes.findings.push({ code: 'not-looked-up', path: where, params: { name } });
    if (presence !== 'absent') return;
    notes.failures.push(
      provisioningFailure({
        code,
        // Seen from AWS in a bulk registration for a missing thing type; the words are the nearest we know.
        awsName: 'ResourceRegistrationFailureException',
        message: `${label} ${name} not found`,
        authority: 'inferred',
        path: where,
        params: { name },
      }),
    );
  };
  const { typeName, groups, billingGroup } = wanted;
  if (typeName !== undefined) {
    look(
      typeName,
      registry.thingType(typeName),
      `${path}.ThingTypeName`,
      'thing-type-not-found',
      'Thing type',
    );
  }
  groups?.forEach((group, index) => {
    look(
      group,
      registry.thingGroup(group),
      `${path}.ThingGroups[${index}]`,
      'thing-group-not-found',
      'Thing group',
    );
  });
  if (billingGroup !== undefined) {
    const presence = registry.billingGroup(billingGroup);
    look(billingGroup, presence, `${path}.BillingGroup`, 'billing-group-not-found', 'Billing group');
  }
}

function combine(
  resource: TemplateResource,
  name: string,
  wanted: WantedThing,
  registry: RegistryFacts,
  notes: EvaluationNotes,
): PlannedThing {
  const path = `${propertiesPath(resource.logicalId)}.ThingName`;
  const found = registry.thing(name);
  if (found.kind === 'present') {
    notes.findings.push({ code: 'thing-reused', path, params: { name } });
    return overrideThing(resource, name, { existing: found.thing, wanted }, notes);
  }
  if (found.kind === 'unknown') {
    notes.findings.push({ code: 'thing-name-unverified', path, params: { name } });
  }
  checkOverrides(resource, notes);
  return {
    name,
    attributes: wanted.attributes ?? {},
    typeName: wanted.typeName,
    groups: wanted.groups ?? [],
    billingGroup: wanted.billingGroup,
    deed: 'create',
  };
}

function checkAttributeCount(thing: PlannedThing, path: string, notes: EvaluationNotes): void {
  // An existing thing that stays as it is needs no room.
  if (thing.deed === 'reuse') return;
  const count = Object.keys(thing.attributes).length;
  const max = thing.typeName === undefined ? ATTRIBUTES_WITHOUT_TYPE_MAX : ATTRIBUTES_WITH_TYPE_MAX;
  if (count <= max) return;
  notes.failures.push(
    provisioningFailure({
      code: 'too-many-attributes',
      message: `Thing ${thing.name} has ${count} attributes; the limit is ${max}`,
      authority: 'inferred',
      path: `${path}.AttributePayload`,
      params: { count, max },
    }),
  );
}
