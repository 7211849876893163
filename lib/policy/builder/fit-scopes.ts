/**
 * The resources of a sentence after its actions have changed: of kinds that the new actions are about.
 * AWS IoT Developer Guide, "AWS IoT Core action resources".
 * @module
 */
import { type Scope, type ScopeType, scopeTypesFor } from './sentence';

const OWN: Scope = { kind: 'own', type: 'client', owner: 'thing-name' };

/** Scopes that fit stay; a topic becomes a topic filter and the other way round; what cannot fit is left out. Never empty. */
export function fitScopes(scopes: readonly Scope[], actions: readonly string[]): Scope[] {
  const wanted = scopeTypesFor(actions);
  const [first] = wanted;
  if (first === undefined) return [{ kind: 'everything' }];
  const fitting = scopes.flatMap((scope): Scope[] => {
    if (scope.kind === 'everything' || wanted.includes(scope.type)) return [scope];
    const other = counterpart(scope.type);
    return other !== undefined && wanted.includes(other) ? [withType(scope, other)] : [];
  });
  const kept = fitting.length > 0 ? fitting : [withType(OWN, first)];
  const added = kept.flatMap((scope): Scope[] => {
    if (scope.kind === 'everything') return [];
    const other = counterpart(scope.type);
    const isMissing = other !== undefined && wanted.includes(other);
    return isMissing && !kept.some((known) => known.kind !== 'everything' && known.type === other)
      ? [withType(scope, other)]
      : [];
  });
  return distinct([...kept, ...added]);
}

function counterpart(type: ScopeType): 'topic' | 'topicfilter' | undefined {
  if (type === 'topic') return 'topicfilter';
  return type === 'topicfilter' ? 'topic' : undefined;
}

/** What is said of the own device's topics is said of those below its name. */
function withType(scope: Scope, type: ScopeType): Scope {
  const isTopic = type === 'topic' || type === 'topicfilter';
  switch (scope.kind) {
    case 'everything':
      return scope;
    case 'own':
      return isTopic ? { kind: 'own-subtree', type, owner: scope.owner, before: '' } : { ...scope, type };
    case 'own-subtree':
      return isTopic ? { ...scope, type } : { kind: 'own', type, owner: scope.owner };
    case 'pattern':
      return { ...scope, type };
  }
}

function distinct(scopes: readonly Scope[]): Scope[] {
  return [...new Map(scopes.map((scope) => [JSON.stringify(scope), scope])).values()];
}
