'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { fitScopes } from '@/lib/policy/builder/fit-scopes';
import { type Scope, type Sentence, scopeTypesFor } from '@/lib/policy/builder/sentence';
import type { Place } from '@/lib/policy/lint/iot-arn';
import { ActionChoice } from './action-choice';
import { ScopeFields } from './scope-fields';
import { scopeKindsFor, toScopeKind } from './scope-kinds';

type SentenceFormProps = {
  sentence: Sentence;
  place: Place;
  onChange: (sentence: Sentence) => void;
};

/** A sentence by its parts. Every change stands in the policy at once. */
export function SentenceForm({ sentence, place, onChange }: SentenceFormProps) {
  const t = useTranslations('policy-editor.form');
  const { effect, actions, scopes, condition, sid } = sentence;
  const types = scopeTypesFor(actions);
  const setScopes = (next: readonly Scope[]) => onChange({ ...sentence, scopes: next });
  return (
    <div className="@container flex flex-col gap-3">
      <Select
        label={t('effect')}
        help={effect === 'Deny' ? t('denyHelp') : undefined}
        options={(['Allow', 'Deny'] as const).map((value) => ({ value, label: t(value) }))}
        value={effect}
        onChange={(chosen) => onChange({ ...sentence, effect: chosen })}
      />
      <ActionChoice
        actions={actions}
        onChange={(chosen) => onChange({ ...sentence, actions: chosen, scopes: fitScopes(scopes, chosen) })}
      />
      <fieldset className="flex min-w-0 flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">{t('resources')}</legend>
        {scopes.map((scope, index) => (
          <ScopeFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a resource has no name of its own, and its fields hold no state
            key={index}
            number={index + 1}
            scope={scope}
            types={types}
            place={place}
            onChange={(changed) => setScopes(scopes.map((old, at) => (at === index ? changed : old)))}
            onRemove={
              scopes.length === 1 ? undefined : () => setScopes(scopes.filter((_, at) => at !== index))
            }
          />
        ))}
        <p>
          <Button
            icon={<Plus aria-hidden />}
            onPress={() =>
              setScopes([
                ...scopes,
                toScopeKind({ kind: 'everything' }, scopeKindsFor(types)[0] ?? 'everything'),
              ])
            }
          >
            {t('addResource')}
          </Button>
        </p>
      </fieldset>
      <Checkbox
        isSelected={condition === 'thing-attached'}
        onChange={(isOn) => onChange({ ...sentence, condition: isOn ? 'thing-attached' : undefined })}
        description={t('conditionHelp')}
      >
        {t('condition')}
      </Checkbox>
      <TextField
        label={t('sid')}
        isOptional
        isMonospace
        value={sid ?? ''}
        onChange={(text) => onChange({ ...sentence, sid: text === '' ? undefined : text })}
        spellCheck="false"
      />
    </div>
  );
}
