/**
 * What is wrong with a settings document, field by field, as the form and the server both say it.
 * @module
 */
import type { FieldFault } from '@/lib/failure';
import { parsePolicy } from '@/lib/policy/policy-document';
import {
  ATTRIBUTES_WITH_TYPE_MAX,
  ATTRIBUTES_WITHOUT_TYPE_MAX,
  isValidName,
  THING_GROUPS_MAX,
} from '@/lib/provisioning/registry-names';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { placeholdersOf, unknownPlaceholders } from './fill-in';
import {
  ALLOWED_IDS_MAX,
  isSetUpName,
  type JitrPolicy,
  type JitrSettings,
  type JitrThing,
  NAME_PATTERN_CHARACTERS_MAX,
  NAME_PATTERNS_MAX,
  REVOKED_SERIALS_MAX,
  VALIDITY_DAYS_MAX,
} from './settings';

export type SettingsFaults = Readonly<Record<string, FieldFault[]>>;

/** Characters that stand between placeholders in a thing's name. */
const THING_NAME_TEXT = /^[a-zA-Z0-9:_-]*$/;
const ATTRIBUTE_TEXT = /^[a-zA-Z0-9_.,@/:#=[\]-]*$/;
/** A name of 128 characters and some placeholders. */
const TEMPLATE_CHARACTERS_MAX = 256;

/** Empty: nothing is wrong. */
export function settingsFaults(settings: JitrSettings): SettingsFaults {
  const faults: Record<string, FieldFault[]> = {};
  const add = (field: string, code: string, params?: FieldFault['params']) => {
    faults[field] = [...(faults[field] ?? []), params === undefined ? { code } : { code, params }];
  };
  if (!isSetUpName(settings.name)) add('name', 'set-up-name');
  checkVerification(settings, add);
  checkPolicy(settings.policy, add);
  if (settings.thing !== undefined) checkThing(settings.thing, add);
  return faults;
}

type Add = (field: string, code: string, params?: FieldFault['params']) => void;

function checkVerification({ allowList, commonNames, validityDaysMax, revoked }: JitrSettings, add: Add) {
  if (allowList.kind === 'inline') {
    const { certificateIds } = allowList;
    if (certificateIds.length > ALLOWED_IDS_MAX) add('allowedIds', 'too-many', { max: ALLOWED_IDS_MAX });
    const wrong = certificateIds.find((id) => !isCertificateId(id));
    if (wrong !== undefined) add('allowedIds', 'certificate-id', { value: wrong.slice(0, 80) });
    if (certificateIds.length === 0) add('allowedIds', 'allow-list-empty');
  }
  if (commonNames.length > NAME_PATTERNS_MAX) add('commonNames', 'too-many', { max: NAME_PATTERNS_MAX });
  if (commonNames.some((pattern) => pattern === '' || pattern.length > NAME_PATTERN_CHARACTERS_MAX)) {
    add('commonNames', 'name-pattern', { max: NAME_PATTERN_CHARACTERS_MAX });
  }
  const isWhole =
    validityDaysMax === undefined ||
    (Number.isInteger(validityDaysMax) && validityDaysMax >= 1 && validityDaysMax <= VALIDITY_DAYS_MAX);
  if (!isWhole) add('validityDaysMax', 'days', { max: VALIDITY_DAYS_MAX });
  if (revoked !== undefined && revoked.serials.length > REVOKED_SERIALS_MAX) {
    add('revoked', 'too-many', { max: REVOKED_SERIALS_MAX });
  }
}

function checkPolicy(policy: JitrPolicy, add: Add) {
  if (policy.kind === 'none') return;
  if (!isValidName('policy', policy.name)) add('policyName', 'policy-name');
  if (policy.kind === 'create' && !parsePolicy(policy.document).ok) add('policyDocument', 'policy-malformed');
}

function checkThing({ name, typeName, groups, attributes }: JitrThing, add: Add) {
  checkTemplate('thingName', name, THING_NAME_TEXT, add);
  if (placeholdersOf(name).length === 0) add('thingName', 'thing-name-fixed');
  if (typeName !== undefined && !isValidName('thingType', typeName)) add('typeName', 'type-name');
  if (groups.length > THING_GROUPS_MAX) add('groups', 'too-many', { max: THING_GROUPS_MAX });
  const group = groups.find((one) => !isValidName('thingGroup', one));
  if (group !== undefined) add('groups', 'group-name', { value: group.slice(0, 80) });

  const entries = Object.entries(attributes);
  const max = typeName === undefined ? ATTRIBUTES_WITHOUT_TYPE_MAX : ATTRIBUTES_WITH_TYPE_MAX;
  if (entries.length > max) {
    add('attributes', typeName === undefined ? 'attributes-without-type' : 'too-many', { max });
  }
  const attribute = entries.find(([one]) => !isValidName('attributeName', one));
  if (attribute !== undefined) add('attributes', 'attribute-name', { value: attribute[0].slice(0, 80) });
  for (const [, value] of entries) checkTemplate('attributes', value, ATTRIBUTE_TEXT, add);
}

function checkTemplate(field: string, template: string, form: RegExp, add: Add) {
  const [unknown] = unknownPlaceholders(template);
  if (unknown !== undefined) add(field, 'placeholder-unknown', { value: unknown.slice(0, 80) });
  const fixed = template.replace(/\$\{\w+\}/g, '');
  if (template === '' || template.length > TEMPLATE_CHARACTERS_MAX || !form.test(fixed)) {
    add(field, field === 'thingName' ? 'thing-name-form' : 'attribute-form');
  }
}
