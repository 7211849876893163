/**
 * The choice of what a sentence is about, as one list.
 * @module
 */
import { OWNER_VARIABLES, type Scope, type ScopeType } from '@/lib/policy/builder/sentence';

/** As the messages name them. */
export type ScopeKind =
  | 'everything'
  | `own.${ScopeType}`
  | `subtree.${'topic' | 'topicfilter'}`
  | `pattern.${ScopeType}`;

/** The choices for the kinds of resource that some actions need; the narrowest first. */
export function scopeKindsFor(types: readonly ScopeType[]): ScopeKind[] {
  const ofTypes = types.flatMap((type): ScopeKind[] =>
    type === 'topic' || type === 'topicfilter'
      ? [`subtree.${type}`, `own.${type}`, `pattern.${type}`]
      : [`own.${type}`, `pattern.${type}`],
  );
  return [...ofTypes, 'everything'];
}

export function scopeKindOf(scope: Scope): ScopeKind {
  switch (scope.kind) {
    case 'everything':
      return 'everything';
    case 'own':
      return `own.${scope.type}`;
    case 'own-subtree':
      return `subtree.${scope.type}`;
    case 'pattern':
      return `pattern.${scope.type}`;
  }
}

/** The scope as another kind; what it says already is kept where the kind has a place for it. */
export function toScopeKind(scope: Scope, kind: ScopeKind): Scope {
  if (kind === 'everything') return { kind: 'everything' };
  const owner = scope.kind === 'own' || scope.kind === 'own-subtree' ? scope.owner : 'thing-name';
  const type = kind.slice(kind.indexOf('.') + 1) as ScopeType;
  if (kind.startsWith('own.')) return { kind: 'own', type, owner };
  if (kind.startsWith('subtree.')) {
    const before = scope.kind === 'own-subtree' ? scope.before : '';
    return { kind: 'own-subtree', type: type === 'topic' ? 'topic' : 'topicfilter', owner, before };
  }
  return { kind: 'pattern', type, pattern: patternOf(scope) };
}

/** Levels before a name: empty, or ending in a slash, without wildcards and variables. */
export const isLevels = (text: string): boolean => /^(?:[^*?$]*\/)?$/.test(text);

function patternOf(scope: Scope): string {
  switch (scope.kind) {
    case 'everything':
      return '*';
    case 'own':
      return OWNER_VARIABLES[scope.owner];
    case 'own-subtree':
      return `${scope.before}${OWNER_VARIABLES[scope.owner]}/*`;
    case 'pattern':
      return scope.pattern;
  }
}
