'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import {
  OWNER_VARIABLES,
  type Owner,
  printScope,
  type Scope,
  type ScopeType,
} from '@/lib/policy/builder/sentence';
import type { Place } from '@/lib/policy/lint/iot-arn';
import { isLevels, type ScopeKind, scopeKindOf, scopeKindsFor, toScopeKind } from './scope-kinds';
import { VariableField } from './variable-field';

type ScopeFieldsProps = {
  number: number;
  scope: Scope;
  /** The kinds of resource that the sentence's actions need. */
  types: readonly ScopeType[];
  place: Place;
  onChange: (scope: Scope) => void;
  /** Undefined: it is the only one, and one there has to be. */
  onRemove: (() => void) | undefined;
};

const OWNERS = ['thing-name', 'common-name', 'client-id'] as const;

/** One resource of a sentence: which kind, called like what, and the ARN that comes of it. */
export function ScopeFields({ number, scope, types, place, onChange, onRemove }: ScopeFieldsProps) {
  const t = useTranslations('policy-editor');
  const kinds = scopeKindsFor(types);
  const current = scopeKindOf(scope);
  const options = (kinds.includes(current) ? kinds : [current, ...kinds]).map((value) => ({
    value,
    label: t(`scopeChoice.${value}`),
  }));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 rounded-md border border-line p-3">
      <legend className="px-1 text-xs text-ink-muted">{t('form.resource', { number })}</legend>
      <div className="grid items-start gap-x-3 gap-y-2 @lg:grid-cols-2">
        <Select<ScopeKind>
          label={t('form.kind')}
          options={options}
          value={current}
          onChange={(kind) => onChange(toScopeKind(scope, kind))}
        />
        {scope.kind === 'own' || scope.kind === 'own-subtree' ? (
          <Select<Owner>
            label={t('form.owner')}
            options={OWNERS.map((owner) => ({
              value: owner,
              label: t(`ownerChoice.${owner}`),
              description: OWNER_VARIABLES[owner],
            }))}
            value={scope.owner}
            onChange={(owner) => onChange({ ...scope, owner })}
          />
        ) : null}
        {scope.kind === 'own-subtree' ? (
          <TextField
            label={t('form.before')}
            constraint={t('form.beforeHelp')}
            isOptional
            isMonospace
            value={scope.before}
            onChange={(before) => onChange({ ...scope, before })}
            errors={isLevels(scope.before) ? [] : [t('form.beforeError')]}
            spellCheck="false"
          />
        ) : null}
      </div>
      {scope.kind === 'pattern' ? (
        <VariableField
          label={t('form.pattern')}
          help={t('form.patternHelp')}
          value={scope.pattern}
          onChange={(pattern) => onChange({ ...scope, pattern })}
        />
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 font-mono text-xs text-ink-muted wrap-anywhere">
          <span className="sr-only">{t('form.arn')}: </span>
          {printScope(scope, place)}
        </p>
        {onRemove === undefined ? null : (
          <Button
            variant="quiet"
            icon={<X aria-hidden />}
            aria-label={t('form.removeResource', { number })}
            onPress={onRemove}
          >
            {t('sentences.remove')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
