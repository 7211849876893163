'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { deviceHref } from '@/components/registry/hrefs';
import { CertificateStatus } from '@/components/status/resource-status';
import { Button } from '@/components/ui/button';
import { buttonStyle } from '@/components/ui/button-style';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { LinkButton } from '@/components/ui/link-button';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

/** A device of which nobody knows whether anyone has its bundle. Times are ISO 8601. */
export type UnconfirmedDevice = {
  certificateId: string;
  commonName: string;
  issuedAt: string;
  lastSeenState: string | undefined;
};

type NotConfirmedProps = {
  environment: string;
  batch: string;
  /** The first of them. */
  devices: readonly UnconfirmedDevice[];
  count: number;
  mayIssue: boolean;
  /** Where their list is, and the form that reads it. */
  listHref: string;
  issueHref: Route;
  confirm: (input: {
    environment: string;
    batch: string;
    certificateIds?: string[];
  }) => Promise<Result<unknown, Failure>>;
};

/** The request itself failed; who asked sees it as an outage of ours. */
const NO_ANSWER: Failure = { kind: 'unexpected', reference: '-' };

/** The devices of a batch that nobody could confirm, and what a person can do about them. */
export function NotConfirmed({
  environment,
  batch,
  devices,
  count,
  mayIssue,
  listHref,
  issueHref,
  confirm,
}: NotConfirmedProps) {
  const t = useTranslations('ledger-work.batch');
  const router = useRouter();
  const [asked, setAsked] = useState<'all' | UnconfirmedDevice | undefined>(undefined);

  async function confirmAsked() {
    const ids = asked === undefined || asked === 'all' ? {} : { certificateIds: [asked.certificateId] };
    const answer = await confirm({ environment, batch, ...ids }).catch(() => undefined);
    router.refresh();
    if (answer === undefined) return NO_ANSWER;
    return answer.ok ? undefined : answer.failure;
  }

  return (
    <Card
      title={t('notConfirmed')}
      aside={t('notConfirmedCount', { count })}
      actions={
        mayIssue ? <Button onPress={() => setAsked('all')}>{t('confirmAll', { count })}</Button> : undefined
      }
      isFlush
    >
      <div className="flex flex-col gap-3 border-b border-line p-4 text-sm">
        <p className="max-w-prose">{t('notConfirmedText')}</p>
        {mayIssue ? (
          <>
            <div className="flex flex-wrap gap-2">
              <a href={listHref} download className={buttonStyle('secondary')}>
                {t('reissueList')}
              </a>
              <LinkButton href={issueHref}>{t('reissue')}</LinkButton>
            </div>
            <p className="max-w-prose text-xs text-ink-muted">{t('reissueText')}</p>
          </>
        ) : null}
      </div>
      <ResourceTable
        label={t('notConfirmedLabel')}
        rows={devices}
        rowKey={({ certificateId }) => certificateId}
        empty={null}
        columns={[
          {
            id: 'device',
            header: t('device'),
            isRowHeader: true,
            cell: ({ certificateId, commonName }) => (
              <Link
                href={deviceHref(environment, certificateId)}
                className="link inline-flex min-h-6 items-center wrap-anywhere"
              >
                {commonName || certificateId.slice(0, 8)}
              </Link>
            ),
          },
          { id: 'issued', header: t('issued'), cell: ({ issuedAt }) => <TimeAgo at={issuedAt} /> },
          {
            id: 'seen',
            header: t('lastSeen'),
            cell: ({ lastSeenState }) =>
              lastSeenState === undefined ? (
                <span className="text-ink-muted">{t('neverSeen')}</span>
              ) : (
                <CertificateStatus status={lastSeenState} />
              ),
          },
          {
            id: 'act',
            header: t('confirm'),
            headerContent: <span className="sr-only">{t('confirm')}</span>,
            align: 'end',
            cell: (device) =>
              mayIssue ? (
                <Button variant="quiet" onPress={() => setAsked(device)}>
                  {t('confirm')}
                </Button>
              ) : null,
          },
        ]}
      />
      {count > devices.length ? (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-muted">
          {t('more', { shown: devices.length, count })}
        </p>
      ) : null}
      <ConfirmDialog
        title={t('confirmTitle', { count: asked === 'all' ? count : 1 })}
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        consequences={[t('confirmText')]}
        confirmLabel={t('confirm')}
        isDangerous={false}
        onConfirm={confirmAsked}
      />
    </Card>
  );
}
