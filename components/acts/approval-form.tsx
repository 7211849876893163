'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import type { Approval } from '@/lib/registry/approval';
import {
  type ApprovalDraft,
  approvalOf,
  draftOf,
  groupNamesOf,
  THING_ATTRIBUTES,
  THING_NAMES,
} from './approval-draft';
import { usePolicyNames } from './use-policy-names';

type ApprovalFormProps = {
  environment: string;
  /** Without it only a policy that is there can be chosen. */
  mayCreatePolicy: boolean;
  /** Undefined: nothing that could be sent has been chosen yet. */
  value: Approval | undefined;
  onChange: (approval: Approval | undefined) => void;
};

/** What certificates get before they are activated: a policy, and a thing of their own. */
export function ApprovalForm({ environment, mayCreatePolicy, value, onChange }: ApprovalFormProps) {
  const t = useTranslations('acts.approval');
  const [draft, setDraft] = useState<ApprovalDraft>(() => draftOf(value, mayCreatePolicy));
  const change = (to: Partial<ApprovalDraft>) => {
    const next = { ...draft, ...to };
    setDraft(next);
    onChange(approvalOf(next));
  };
  // What the form begins with is a choice as well: the plan follows it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    if (value === undefined) onChange(approvalOf(draft));
  }, []);
  return (
    <div className="flex flex-col gap-3">
      <RadioCards
        label={t('policy.label')}
        columns={draft.setUp === undefined ? 3 : 2}
        value={draft.policy}
        onChange={(policy) => change({ policy })}
        options={[
          ...(draft.setUp === undefined
            ? []
            : [
                {
                  value: 'set-up' as const,
                  label: t('policy.setUp'),
                  description: t(mayCreatePolicy ? 'policy.setUpHelp' : 'policy.setUpForbidden', {
                    name: draft.setUp.name,
                  }),
                },
              ]),
          {
            value: 'scoped',
            label: t('policy.scoped'),
            description: t(mayCreatePolicy ? 'policy.scopedHelp' : 'policy.scopedForbidden'),
            isDisabled: !mayCreatePolicy,
          },
          { value: 'existing', label: t('policy.existing'), description: t('policy.existingHelp') },
          { value: 'none', label: t('policy.none'), description: t('policy.noneHelp') },
        ]}
      />
      {draft.policy === 'none' || draft.policy === 'set-up' ? null : (
        <PolicyName environment={environment} draft={draft} onChange={change} />
      )}
      <RadioCards
        label={t('thing.label')}
        columns={2}
        value={draft.thing}
        onChange={(thing) => change({ thing })}
        options={[
          { value: 'create', label: t('thing.create'), description: t('thing.createHelp') },
          {
            value: 'none',
            label: t('thing.none'),
            description: t(draft.policy === 'scoped' ? 'thing.noneScoped' : 'thing.noneHelp'),
          },
        ]}
      />
      {draft.thing === 'create' ? <ThingFields draft={draft} onChange={change} /> : null}
    </div>
  );
}

type PartProps = { draft: ApprovalDraft; onChange: (to: Partial<ApprovalDraft>) => void };

function PolicyName({ environment, draft, onChange }: PartProps & { environment: string }) {
  const t = useTranslations('acts.approval.policy');
  const names = usePolicyNames(environment);
  const { policyName } = draft;
  const name = approvalOf({ ...draft, thing: 'none' })?.policy.kind === draft.policy ? policyName : undefined;
  if (draft.policy === 'existing' && names.length > 0) {
    return (
      <Select
        label={t('name')}
        placeholder={t('choose')}
        value={names.includes(policyName) ? policyName : null}
        onChange={(chosen) => onChange({ policyName: chosen })}
        options={names.map((each) => ({ value: each, label: each }))}
      />
    );
  }
  return (
    <TextField
      label={t('name')}
      help={draft.policy === 'scoped' ? t('nameHelp') : undefined}
      isMonospace
      value={policyName}
      onChange={(typed) => onChange({ policyName: typed.trim() })}
      errors={policyName !== '' && name === undefined ? [t('nameRule')] : []}
      autoComplete="off"
    />
  );
}

const NAME_SOURCES = ['commonName', 'serialNumber', 'certificateId'] as const;

function ThingFields({ draft, onChange }: PartProps) {
  const t = useTranslations('acts.approval.thing');
  const { attributes, typeName, groups, name } = draft;
  // What came from a set-up and is not among ours stays to be chosen.
  const [offered] = useState((): Record<string, string> => ({ ...THING_ATTRIBUTES, ...attributes }));
  const isOwnName = NAME_SOURCES.every((source) => THING_NAMES[source] !== name);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Select
        label={t('nameFrom')}
        help={t('nameFromHelp')}
        value={name}
        onChange={(chosen) => onChange({ name: chosen })}
        options={[
          ...NAME_SOURCES.map((source) => ({ value: THING_NAMES[source], label: t(`source.${source}`) })),
          ...(isOwnName ? [{ value: name, label: name }] : []),
        ]}
      />
      <fieldset className="flex flex-col gap-1">
        <legend className="text-sm font-medium">{t('attributes')}</legend>
        <div className="grid grid-cols-2 gap-x-3 gap-y-1">
          {Object.entries(offered).map(([attribute, template]) => (
            <Checkbox
              key={attribute}
              isSelected={attributes[attribute] !== undefined}
              onChange={(isOn) => {
                const { [attribute]: _, ...others } = attributes;
                onChange({ attributes: isOn ? { ...others, [attribute]: template } : others });
              }}
            >
              <span className="font-mono text-xs wrap-anywhere">{attribute}</span>
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <TextField
        label={t('type')}
        help={t('typeHelp')}
        isOptional
        isMonospace
        value={typeName}
        onChange={(typed) => onChange({ typeName: typed.trim() })}
        autoComplete="off"
      />
      <TextField
        label={t('groups')}
        help={t('groupsHelp')}
        isOptional
        isMonospace
        value={groups}
        onChange={(typed) => onChange({ groups: typed })}
        errors={groupNamesOf(groups) === undefined ? [t('groupsRule')] : []}
        autoComplete="off"
      />
    </div>
  );
}
