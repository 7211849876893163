import { LiveNotice } from '@/components/status/live/live-notice';
import { StuckFilterForm } from '@/components/stuck/stuck-filter-form';
import { type StuckPageQuery, stuckHref } from '@/components/stuck/stuck-query';
import { StuckQueue } from '@/components/stuck/stuck-queue';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { PageLinks } from '@/components/ui/page-links';
import type { StuckScan } from '@/lib/aws/stuck/scan-stuck';
import type { Failure } from '@/lib/failure';
import { getTranslations } from '@/lib/locale/get-translations';
import type { Result } from '@/lib/result';

type StuckRowsProps = {
  environment: string;
  query: StuckPageQuery;
  scan: Promise<Result<StuckScan, Failure>>;
  readAt: string;
};

/** The queue, or what stands in its place, with the filter above and the pages below. */
export async function StuckRows({ environment, query, scan, readAt }: StuckRowsProps) {
  const [t, read] = await Promise.all([getTranslations('stuck'), scan]);
  const rows = read.ok ? read.value.rows : [];
  const nextToken = read.ok ? read.value.nextToken : undefined;
  const scanned = read.ok ? { count: read.value.scannedCount, calls: read.value.calls } : undefined;
  return (
    <>
      <div className="rounded-lg border border-line bg-surface">
        <ListToolbar
          readAt={readAt}
          filter={<StuckFilterForm action={stuckHref(environment, {})} query={query} />}
        />
        {scanned === undefined ? null : (
          <p className="px-4 py-2 text-sm text-ink-muted">
            {t(nextToken === undefined ? 'scannedAll' : 'scannedSome', {
              stuck: rows.length,
              minutes: query.minutes,
              ...scanned,
            })}
          </p>
        )}
        <div className="px-4 pb-2">
          <LiveNotice
            environment={environment}
            topic={{ kinds: ['certificate'] }}
            readAt={readAt}
            goesOn={false}
            phase=""
            isThrottled={false}
          />
        </div>
        {read.ok ? null : (
          <div className="p-4">
            <FailureNotice failure={read.failure} />
          </div>
        )}
        {read.ok && rows.length === 0 ? (
          <EmptyState
            title={t(nextToken === undefined ? 'emptyTitle' : 'emptyPageTitle')}
            action={
              nextToken === undefined ? undefined : (
                <LinkButton href={stuckHref(environment, { ...query, token: nextToken })}>
                  {t('goOn')}
                </LinkButton>
              )
            }
          >
            {t(nextToken === undefined ? 'emptyText' : 'emptyPageText', { minutes: query.minutes })}
          </EmptyState>
        ) : null}
      </div>
      {rows.length === 0 ? null : (
        <StuckQueue
          environment={environment}
          readAt={readAt}
          rows={rows.map(({ certificateId, status, since }) => ({
            certificateId,
            status,
            since: since.toISOString(),
          }))}
        />
      )}
      <PageLinks
        nextHref={
          nextToken === undefined || rows.length === 0
            ? undefined
            : stuckHref(environment, { ...query, token: nextToken })
        }
        firstHref={
          query.token === undefined ? undefined : stuckHref(environment, { ...query, token: undefined })
        }
      />
    </>
  );
}
