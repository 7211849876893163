'use client';

import type { Route } from 'next';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { withPicked } from '@/components/device/picked-devices';
import { Button } from '@/components/ui/button';
import { buttonStyle } from '@/components/ui/button-style';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { LinkButton } from '@/components/ui/link-button';
import { orNoAnswer } from '@/components/ui/no-answer';
import { Notice } from '@/components/ui/notice';
import { PageLinks } from '@/components/ui/page-links';
import { useRefresh } from '@/components/ui/use-refresh';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { type UnconfirmedDevice, UnconfirmedTable } from './unconfirmed-table';

type Act = (input: {
  environment: string;
  batch: string;
  certificateIds?: string[];
}) => Promise<Result<unknown, Failure>>;

type NotConfirmedProps = {
  environment: string;
  batch: string;
  /** A page of them. */
  devices: readonly UnconfirmedDevice[];
  /** Of all pages; `seen`: of those AWS has seen. */
  count: number;
  seen: number;
  mayIssue: boolean;
  /** Where their list is. */
  listHref: string;
  /** The form that issues them again. */
  issueHref: Route;
  /** Of a page of devices. */
  pageHrefs: { next: Route | undefined; first: Route | undefined };
  confirm: Act;
  giveUp: Act;
};

const ACTS = ['confirm', 'giveUp'] as const;

/** The devices of a batch that nobody could confirm, and what a person can do about them. */
export function NotConfirmed(props: NotConfirmedProps) {
  const { environment, batch, devices, count, seen, mayIssue, listHref, issueHref, pageHrefs } = props;
  const t = useTranslations('ledger-work.batch');
  const { refresh } = useRefresh();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<(typeof ACTS)[number] | undefined>(undefined);
  // What is on another page, or was dealt with meanwhile, is chosen no more.
  const picked = devices.map(({ certificateId }) => certificateId).filter((id) => marked.has(id));
  const isAll = picked.length === 0;
  const number = isAll ? count : picked.length;

  async function act(chosen: Act) {
    const answer = await orNoAnswer(
      chosen({
        environment,
        batch,
        ...(!isAll && { certificateIds: picked }),
      }),
    );
    void refresh();
    if (answer.ok) setMarked(new Set());
    return answer.ok ? undefined : answer.failure;
  }

  return (
    <Card title={t('notConfirmed')} aside={t('notConfirmedCount', { count })} isFlush>
      <div className="flex flex-col gap-3 border-b border-line p-4 text-sm">
        <p className="max-w-prose">{t('notConfirmedText')}</p>
        {seen > 0 ? <Notice tone="warning" title={t('notConfirmedSeen', { count: seen })} /> : null}
        {mayIssue ? (
          <>
            <div className="flex flex-wrap items-center gap-2">
              <LinkButton variant="primary" href={isAll ? issueHref : withPicked(issueHref, picked)}>
                {t(isAll ? 'reissue' : 'reissuePicked', { count: number })}
              </LinkButton>
              <Button onPress={() => setAsked('confirm')}>
                {t(isAll ? 'confirmAll' : 'confirmPicked', { count: number })}
              </Button>
              <Button onPress={() => setAsked('giveUp')}>
                {t(isAll ? 'giveUpAll' : 'giveUpPicked', { count: number })}
              </Button>
              <a href={listHref} download className={buttonStyle('quiet')}>
                {t('reissueList')}
              </a>
            </div>
            <p role="status" className="flex items-center gap-2 text-xs text-ink-muted empty:hidden">
              {isAll ? null : (
                <>
                  {t('picked', { count: number })}
                  <Button variant="quiet" onPress={() => setMarked(new Set())}>
                    {t('pickNone')}
                  </Button>
                </>
              )}
            </p>
            <p className="max-w-prose text-xs text-ink-muted">{t('reissueText')}</p>
          </>
        ) : null}
      </div>
      <UnconfirmedTable
        environment={environment}
        devices={devices}
        picked={mayIssue ? new Set(picked) : undefined}
        onPick={setMarked}
      />
      <PageLinks nextHref={pageHrefs.next} firstHref={pageHrefs.first} />
      {ACTS.map((each) => (
        <ConfirmDialog
          key={each}
          title={t(`${each}Title`, { count: number })}
          isOpen={asked === each}
          onClose={() => setAsked(undefined)}
          consequences={each === 'confirm' ? [t('confirmText')] : [t('giveUpText'), t('giveUpAws')]}
          confirmLabel={t(each)}
          isDangerous={each === 'giveUp'}
          onConfirm={() => act(props[each])}
        />
      ))}
    </Card>
  );
}
