'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import type { FurtherRelations, RelationEdge } from '@/lib/registry/relations';
import { RelationList } from './relation-list';
import { RelationPicture } from './relation-picture';
import type { LinkedNode } from './relation-words';

type RelationsViewProps = {
  nodes: readonly LinkedNode[];
  edges: readonly RelationEdge[];
  further: readonly FurtherRelations[];
  subjectId: string;
  /** Where all of them are listed. */
  subjectHref: Route;
};

/** What hangs on what, to be looked at and to be read. */
export function RelationsView({ nodes, edges, further, subjectId, subjectHref }: RelationsViewProps) {
  const t = useTranslations('relations');
  return (
    <div className="flex flex-col gap-4">
      <Card title={t('picture')} isFlush>
        <RelationPicture nodes={nodes} edges={edges} subjectId={subjectId} />
      </Card>
      <Card title={t('list')}>
        <RelationList nodes={nodes} edges={edges} />
        {further.map(({ kind, count, atLeast }) => (
          <p key={kind} className="mt-3 text-sm">
            {t(atLeast ? 'furtherUnknown' : 'further', { kind: t(`kind.${kind}`), count })}{' '}
            <Link href={subjectHref} className="link">
              {t('furtherLink')}
            </Link>
          </p>
        ))}
      </Card>
    </div>
  );
}
