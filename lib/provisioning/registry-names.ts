/**
 * The forms that names and attributes of the registry must have.
 * AWS IoT API model: ThingName, ThingTypeName, ThingGroupName, BillingGroupName, AttributeName, AttributeValue,
 * PolicyName; quotas "AWS IoT Core thing".
 * @module
 */

type NameRule = { member: string; pattern: RegExp; shown: string; charactersMax: number };

const rule = (member: string, source: string, charactersMax: number): NameRule => ({
  member,
  pattern: new RegExp(`^${source}$`),
  shown: source,
  charactersMax,
});

export const NAME_RULES = {
  thing: rule('thingName', '[a-zA-Z0-9:_-]+', 128),
  thingType: rule('thingTypeName', '[a-zA-Z0-9:_-]+', 128),
  thingGroup: rule('thingGroupName', '[a-zA-Z0-9:_-]+', 128),
  billingGroup: rule('billingGroupName', '[a-zA-Z0-9:_-]+', 128),
  policy: rule('policyName', '[\\w+=,.@-]+', 128),
  attributeName: rule('attributePayload.attributes', '[a-zA-Z0-9_.,@/:#-]+', 128),
  attributeValue: rule('attributePayload.attributes', '[a-zA-Z0-9_.,@/:#=\\[\\]-]*', 800),
} as const satisfies Record<string, NameRule>;

export type NameKind = keyof typeof NAME_RULES;

/** Attributes a thing may have without and with a thing type, and groups it may be in. AWS IoT quotas. */
export const ATTRIBUTES_WITHOUT_TYPE_MAX = 3;
export const ATTRIBUTES_WITH_TYPE_MAX = 50;
export const THING_GROUPS_MAX = 10;

export function isValidName(kind: NameKind, name: string): boolean {
  const { pattern, charactersMax } = NAME_RULES[kind];
  return name.length <= charactersMax && pattern.test(name);
}

/** The control plane's words for a broken constraint; "Member must satisfy regular expression pattern" is AWS's own. */
export function nameConstraintText(kind: NameKind, name: string): string {
  const { member, shown, charactersMax } = NAME_RULES[kind];
  const constraint =
    name.length > charactersMax
      ? `Member must have length less than or equal to ${charactersMax}`
      : `Member must satisfy regular expression pattern: ${shown}`;
  return `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: ${constraint}`;
}
