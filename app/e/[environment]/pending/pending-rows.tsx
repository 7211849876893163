import { type PendingQuery, pendingHref } from '@/components/pending/pending-query';
import { PendingQueue } from '@/components/pending/pending-queue';
import { CaFilterForm } from '@/components/registry/ca-filter-form';
import { consoleHref } from '@/components/shell/console-routes';
import { LiveNotice } from '@/components/status/live/live-notice';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { PageLinks } from '@/components/ui/page-links';
import type { StuckScan } from '@/lib/aws/stuck/scan-stuck';
import type { Failure } from '@/lib/failure';
import { getTranslations } from '@/lib/locale/get-translations';
import type { CaSummary } from '@/lib/registry/certificate-authority';
import type { Page } from '@/lib/registry/page';
import type { Attempts } from '@/lib/registry/pending';
import type { Result } from '@/lib/result';

type PendingRowsProps = {
  environment: string;
  query: PendingQuery;
  scan: Promise<Result<StuckScan, Failure>>;
  attempts: Promise<Attempts | undefined>;
  /** For the filter only. */
  cas: Promise<Result<Page<CaSummary>, Failure>>;
  readAt: string;
};

/** The queue, or what stands in its place, with the filter above and the pages below. */
export async function PendingRows({ environment, query, scan, attempts, cas, readAt }: PendingRowsProps) {
  const [t, read, seen, choices] = await Promise.all([getTranslations('pending'), scan, attempts, cas]);
  const rows = read.ok ? read.value.rows : [];
  const nextToken = read.ok ? read.value.nextToken : undefined;
  const nextHref =
    nextToken === undefined ? undefined : pendingHref(environment, { ...query, token: nextToken });
  return (
    <>
      <div className="rounded-lg border border-line bg-surface">
        <ListToolbar
          readAt={readAt}
          filter={
            <CaFilterForm
              action={pendingHref(environment, {})}
              caIds={choices.ok ? choices.value.items.map(({ caId }) => caId) : []}
              chosen={query.ca}
            />
          }
        />
        <div className="flex flex-col gap-1 px-4 py-2 text-sm">
          {read.ok ? (
            <p className="text-ink-muted">
              {t(nextToken === undefined ? 'scannedAll' : 'scannedSome', {
                waiting: rows.length,
                count: read.value.scannedCount,
                calls: read.value.calls,
              })}
            </p>
          ) : (
            <FailureNotice failure={read.failure} />
          )}
          <LiveNotice
            environment={environment}
            topic={{ kinds: ['registered', 'certificate'] }}
            readAt={readAt}
            goesOn
            phase={rows.map(({ certificateId }) => certificateId).join(' ')}
            isThrottled={!read.ok && read.failure.kind === 'busy'}
          />
        </div>
        {read.ok && rows.length === 0 ? (
          <EmptyState
            title={t(nextHref === undefined ? 'emptyTitle' : 'emptyPageTitle')}
            action={
              nextHref === undefined ? (
                <LinkButton href={consoleHref('stuck', environment)}>{t('toStuck')}</LinkButton>
              ) : (
                <LinkButton href={nextHref}>{t('goOn')}</LinkButton>
              )
            }
          >
            {t(nextHref === undefined ? 'emptyText' : 'emptyPageText')}
          </EmptyState>
        ) : null}
      </div>
      {rows.length === 0 ? null : (
        <PendingQueue
          environment={environment}
          rows={rows.map(({ certificateId, since }) => ({ certificateId, since: since.toISOString() }))}
          attempts={seen}
          readAt={readAt}
          allUrl={`/e/${environment}/acts/selection?list=pending&ca=${query.ca ?? ''}`}
        />
      )}
      <PageLinks
        nextHref={rows.length === 0 ? undefined : nextHref}
        firstHref={
          query.token === undefined ? undefined : pendingHref(environment, { ...query, token: undefined })
        }
      />
    </>
  );
}
