'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { RELATION_KINDS, type RelationEdge } from '@/lib/registry/relations';
import { type LinkedNode, useRelationWords } from './relation-words';

type RelationListProps = { nodes: readonly LinkedNode[]; edges: readonly RelationEdge[] };

/** The same as the picture, to be read: every node by its kind, with what it is linked to. */
export function RelationList({ nodes, edges }: RelationListProps) {
  const t = useTranslations('relations');
  const wordsOf = useRelationWords();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const linkedTo = (id: string) =>
    edges
      .flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []))
      .flatMap((other) => byId.get(other) ?? []);
  return (
    <div className="grid gap-x-8 gap-y-4 text-sm sm:grid-cols-2 xl:grid-cols-3">
      {RELATION_KINDS.map((kind) => {
        const shown = nodes.filter((node) => node.kind === kind);
        if (shown.length === 0) return null;
        return (
          <section key={kind} aria-labelledby={`relations-${kind}`}>
            <h3 id={`relations-${kind}`} className="text-xs font-medium text-ink-muted">
              {t('group', { kind: t(`kind.${kind}`), count: shown.length })}
            </h3>
            <ul className="mt-1 flex flex-col gap-1.5">
              {shown.map((node) => {
                const { full, status } = wordsOf(node);
                const linked = linkedTo(node.id).map((other) => {
                  const words = wordsOf(other);
                  return `${words.kind} ${words.short}`;
                });
                return (
                  <li key={node.id} className="min-w-0">
                    {node.href === undefined ? (
                      <span className="font-mono text-xs wrap-anywhere">{full}</span>
                    ) : (
                      <Link
                        href={node.href}
                        prefetch={false}
                        className="link font-mono text-xs wrap-anywhere"
                      >
                        {full}
                      </Link>
                    )}{' '}
                    {status === undefined ? null : <span className="text-xs">{status}</span>}
                    {linked.length === 0 ? null : (
                      <span className="block text-xs text-ink-muted wrap-anywhere">
                        {t('linked', { names: linked.join(', ') })}
                      </span>
                    )}
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
