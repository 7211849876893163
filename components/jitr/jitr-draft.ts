/**
 * The form as it is typed: the settings, with lists as text.
 * @module
 */
import type { JitrPolicy, JitrSettings, JitrThing } from '@/lib/provisioning/jitr/settings';

export type JitrDraft = Omit<JitrSettings, 'allowList' | 'commonNames' | 'policy' | 'thing'> & {
  allowList: JitrSettings['allowList']['kind'];
  /** Lines, or words. */
  idsText: string;
  /** One a line. */
  namesText: string;
  policyKind: JitrPolicy['kind'];
  policyName: string;
  policyDocument: string;
  makesThing: boolean;
  thingName: string;
  typeName: string;
  groupsText: string;
  /** `name=value`, one a line. */
  attributesText: string;
  taken: JitrThing['taken'];
};

/** @param proposedDocument - for who turns to a new policy */
export function draftOf(settings: JitrSettings, proposedDocument: string): JitrDraft {
  const { allowList, commonNames, policy, thing, ...rest } = settings;
  return {
    ...rest,
    allowList: allowList.kind,
    idsText: allowList.kind === 'inline' ? allowList.certificateIds.join('\n') : '',
    namesText: commonNames.join('\n'),
    policyKind: policy.kind,
    policyName: policy.kind === 'none' ? '' : policy.name,
    policyDocument: policy.kind === 'create' ? policy.document : proposedDocument,
    makesThing: thing !== undefined,
    thingName: thing?.name ?? `\${CommonName}`,
    typeName: thing?.typeName ?? '',
    groupsText: thing?.groups.join('\n') ?? '',
    attributesText: Object.entries(thing?.attributes ?? {})
      .map(([name, value]) => `${name}=${value}`)
      .join('\n'),
    taken: thing?.taken ?? 'refuse',
  };
}

export function settingsOf(draft: JitrDraft): JitrSettings {
  const { name, scope, checksValidity, validityDaysMax, revoked, rejection } = draft;
  return {
    name: name.trim(),
    scope,
    allowList:
      draft.allowList === 'inline'
        ? { kind: 'inline', certificateIds: idsIn(draft.idsText) }
        : { kind: draft.allowList },
    commonNames: linesOf(draft.namesText),
    checksValidity,
    validityDaysMax,
    revoked,
    rejection,
    policy: policyOf(draft),
    thing: draft.makesThing ? thingOf(draft) : undefined,
  };
}

function policyOf({ policyKind, policyName, policyDocument }: JitrDraft): JitrPolicy {
  const name = policyName.trim();
  if (policyKind === 'none') return { kind: 'none' };
  return policyKind === 'existing'
    ? { kind: 'existing', name }
    : { kind: 'create', name, document: policyDocument };
}

function thingOf({ thingName, typeName, groupsText, attributesText, taken }: JitrDraft): JitrThing {
  return {
    name: thingName.trim(),
    typeName: typeName.trim() || undefined,
    groups: [...new Set(linesOf(groupsText))],
    attributes: Object.fromEntries(
      linesOf(attributesText).map((line) => {
        // Without a sign it is a name without a value, which the rules for attributes refuse.
        const [attribute = '', ...value] = line.split('=');
        return [attribute.trim(), value.join('=').trim()];
      }),
    ),
    taken,
  };
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Ids as they are copied from lists, logs and ARNs: apart by white space or commas, in either case. */
const idsIn = (text: string): string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter((word) => word !== ''),
  ),
];
