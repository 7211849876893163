'use client';

import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import { AllowLinks } from './allow-links';
import type { CaseLinkActions, CaseLinkFacts, CaseLinkTarget } from './case-link-props';
import { MakeLink } from './make-link';
import { RevokeLink } from './revoke-link';

type CaseLinksProps = {
  target: CaseLinkTarget;
  links: readonly CaseLinkFacts[];
  isAllowed: boolean;
  /** A security admin's decision. */
  mayAllow: boolean;
  daysMax: number;
  actions: CaseLinkActions;
};

/** The links that show this card without signing in: who made them, until when, and when they were last used. */
export function CaseLinks({ target, links, isAllowed, mayAllow, daysMax, actions }: CaseLinksProps) {
  const t = useTranslations('case.links');
  return (
    <Card
      title={t('title')}
      isFlush={isAllowed}
      actions={
        <>
          {mayAllow ? (
            <AllowLinks environment={target.environment} isAllowed={isAllowed} allow={actions.allow} />
          ) : null}
          {isAllowed ? <MakeLink target={target} daysMax={daysMax} make={actions.make} /> : null}
        </>
      }
    >
      {isAllowed ? (
        <ResourceTable
          label={t('title')}
          rows={links}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
          columns={[
            {
              id: 'id',
              header: t('id'),
              isRowHeader: true,
              cell: ({ id }) => <span className="font-mono text-xs">{id}</span>,
            },
            { id: 'by', header: t('by'), cell: ({ createdByName }) => createdByName },
            { id: 'made', header: t('made'), cell: ({ createdAt }) => <TimeAgo at={createdAt} /> },
            { id: 'expires', header: t('expires'), cell: ({ expiresAt }) => <TimeAgo at={expiresAt} /> },
            {
              id: 'opened',
              header: t('opened'),
              cell: ({ lastOpenedAt, openings }) =>
                lastOpenedAt === undefined ? (
                  t('never')
                ) : (
                  <>
                    <TimeAgo at={lastOpenedAt} />{' '}
                    <span className="text-ink-muted">{t('times', { count: openings })}</span>
                  </>
                ),
            },
            {
              id: 'revoke',
              header: t('actions'),
              cell: ({ id }) => <RevokeLink target={target} id={id} revoke={actions.revoke} />,
            },
          ]}
        />
      ) : (
        <p className="text-sm text-ink-muted">{t(mayAllow ? 'offAdmin' : 'off')}</p>
      )}
    </Card>
  );
}
