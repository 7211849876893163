'use client';

import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { OWNER_VARIABLES, type Owner, type Scope, type Sentence } from '@/lib/policy/builder/sentence';
import { actionWord } from './action-words';

/** A sentence in words, as people say it. */
export function useSentenceText(): (sentence: Sentence) => ReactNode {
  const t = useTranslations('policy-editor');
  const locale = useLocale();
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const owner = (name: Owner) => t(`owner.${name}`);
  const scopeText = (scope: Scope): string => {
    switch (scope.kind) {
      case 'everything':
        return t('scope.everything');
      case 'own':
        return t(`scope.own.${scope.type}`, { owner: owner(scope.owner) });
      case 'own-subtree':
        return t(`scope.subtree.${scope.type}`, { path: `${scope.before}⟨${owner(scope.owner)}⟩` });
      case 'pattern':
        return t(`scope.pattern.${scope.type}`, { pattern: withShortVariables(scope.pattern, owner) });
    }
  };
  return ({ effect, actions, scopes, condition }) =>
    t.rich(condition === undefined ? `sentence.${effect}` : `sentence.${effect}Attached`, {
      b: (words) => <strong className={effect === 'Deny' ? 'text-danger' : undefined}>{words}</strong>,
      actions: list.format(actions.map((action) => t(`action.${actionWord(action)}`))),
      scopes: list.format(scopes.map(scopeText)),
    });
}

/** The three owners by their words; other variables by their short names. */
function withShortVariables(pattern: string, owner: (name: Owner) => string): string {
  const owners = ['thing-name', 'common-name', 'client-id'] as const;
  const worded = owners.reduce(
    (text, name) => text.replaceAll(OWNER_VARIABLES[name], `⟨${owner(name)}⟩`),
    pattern,
  );
  return worded.replace(/\$\{(?:iot:|aws:)?([^}]*)\}/g, '⟨$1⟩');
}
