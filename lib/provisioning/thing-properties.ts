/**
 * The properties of a thing resource, typed and within the registry's forms.
 * AWS IoT Developer Guide, "Provisioning templates", section on things.
 * @module
 */
import { isJsonObject, type JsonObject, type JsonValue, member, setMember } from '@/lib/policy/json-text';
import { type EvaluationNotes, type FailureCode, provisioningFailure } from './provisioning-failure';
import { isValidName, type NameKind, nameConstraintText, THING_GROUPS_MAX } from './registry-names';
import { memberPath } from './template';

/** What the template wants of a thing besides its name; undefined: nothing said. */
export type WantedThing = {
  attributes: Record<string, string> | undefined;
  typeName: string | undefined;
  groups: string[] | undefined;
  billingGroup: string | undefined;
};

/** Reads name and properties; what is of the wrong type or form becomes a failure and undefined. */
export function readThingProperties(
  properties: JsonObject,
  path: string,
  notes: EvaluationNotes,
): { name: string | undefined; wanted: WantedThing } {
  const read = new PropertyReader(properties, path, notes);
  return {
    name: read.name('ThingName', 'thing', 'thing-name-invalid'),
    wanted: {
      attributes: read.attributes(),
      typeName: read.name('ThingTypeName', 'thingType', 'name-invalid'),
      groups: read.groups(),
      billingGroup: read.name('BillingGroup', 'billingGroup', 'name-invalid'),
    },
  };
}

class PropertyReader {
  private readonly properties: JsonObject;
  private readonly path: string;
  private readonly notes: EvaluationNotes;

  constructor(properties: JsonObject, path: string, notes: EvaluationNotes) {
    this.properties = properties;
    this.path = path;
    this.notes = notes;
  }

  name(property: string, kind: NameKind, code: FailureCode): string | undefined {
    const value = member(this.properties, property);
    if (value === undefined) return undefined;
    return this.text(value, `${this.path}.${property}`, kind, code);
  }

  groups(): string[] | undefined {
    const value = member(this.properties, 'ThingGroups');
    if (value === undefined) return undefined;
    const path = `${this.path}.ThingGroups`;
    if (!Array.isArray(value)) return this.wrongType(path, value);
    if (value.length > THING_GROUPS_MAX) {
      this.notes.failures.push(
        provisioningFailure({
          code: 'too-many-thing-groups',
          awsName: 'ResourceRegistrationFailureException',
          message: `A thing can be a member of at most ${THING_GROUPS_MAX} thing groups`,
          authority: 'inferred',
          path,
          params: { count: value.length, max: THING_GROUPS_MAX },
        }),
      );
    }
    return value.flatMap(
      (item, index) => this.text(item, `${path}[${index}]`, 'thingGroup', 'name-invalid') ?? [],
    );
  }

  attributes(): Record<string, string> | undefined {
    const value = member(this.properties, 'AttributePayload');
    if (value === undefined) return undefined;
    const path = `${this.path}.AttributePayload`;
    if (!isJsonObject(value)) return this.wrongType(path, value);
    const attributes: Record<string, string> = {};
    for (const [name, item] of Object.entries(value)) {
      const where = memberPath(path, name);
      this.text(name, where, 'attributeName', 'attribute-name-invalid');
      const text = this.text(item, where, 'attributeValue', 'attribute-value-invalid');
      if (text !== undefined) setMember(attributes, name, text);
    }
    return attributes;
  }

  private text(value: JsonValue, path: string, kind: NameKind, code: FailureCode): string | undefined {
    if (typeof value !== 'string') return this.wrongType(path, value);
    if (isValidName(kind, value)) return value;
    this.notes.failures.push(
      provisioningFailure({
        code,
        message: nameConstraintText(kind, value),
        authority: 'inferred',
        path,
        params: { value, kind },
      }),
    );
    return undefined;
  }

  private wrongType(path: string, value: JsonValue): undefined {
    const found = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
    this.notes.failures.push(
      provisioningFailure({
        code: 'property-of-wrong-type',
        message: `Invalid registration template. Unexpected ${found} at ${path}`,
        authority: 'inferred',
        path,
        params: { found },
      }),
    );
    return undefined;
  }
}
