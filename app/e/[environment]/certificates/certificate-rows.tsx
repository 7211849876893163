import { SelectionBar } from '@/components/acts/selection-bar';
import { SelectionScope } from '@/components/acts/selection-scope';
import { CaFilterForm } from '@/components/registry/ca-filter-form';
import { type CertificatesQuery, certificatesHref } from '@/components/registry/certificates-query';
import { CertificatesTable } from '@/components/registry/certificates-table';
import { CsvButton } from '@/components/registry/csv-button';
import { PageSizes } from '@/components/registry/page-sizes';
import type { RegistryTranslator } from '@/components/registry/translator';
import { consoleHref } from '@/components/shell/console-routes';
import { LiveChanges } from '@/components/status/live/live-changes';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { PageLinks } from '@/components/ui/page-links';
import type { Failure } from '@/lib/failure';
import { getTranslations } from '@/lib/locale/get-translations';
import type { CaSummary } from '@/lib/registry/certificate-authority';
import type { CertificateSummary } from '@/lib/registry/device-certificate';
import type { Page } from '@/lib/registry/page';
import type { Result } from '@/lib/result';

type CertificateRowsProps = {
  t: RegistryTranslator;
  environment: string;
  query: CertificatesQuery;
  page: Promise<Result<Page<CertificateSummary>, Failure>>;
  /** When reading them began, ISO 8601. */
  readAt: string;
  /** For the filter only; without them it offers no more than the CA that is chosen. */
  cas: Promise<Result<Page<CaSummary>, Failure>>;
  /** The operator may do something with certificates. */
  isSelectable: boolean;
};

const ACTS = ['activate', 'deactivate', 'revoke', 'delete-certificate'] as const;

/** The rows, or what stands in their place, with the toolbar above and the pages below. */
export async function CertificateRows({
  t,
  environment,
  query,
  page,
  readAt,
  cas,
  isSelectable,
}: CertificateRowsProps) {
  const [read, choices] = await Promise.all([page, cas]);
  const certificates = read.ok ? read.value.items : [];
  const nextToken = read.ok ? read.value.nextToken : undefined;
  return (
    <>
      <ListToolbar
        readAt={readAt}
        live={
          <LiveChanges
            environment={environment}
            topic={{ kinds: ['registered', 'certificate'] }}
            readAt={readAt}
          />
        }
        filter={
          <CaFilterForm
            action={certificatesHref(environment, {})}
            caIds={choices.ok ? choices.value.items.map(({ caId }) => caId) : []}
            chosen={query.ca}
          />
        }
      >
        <PageSizes
          label={t('list.pageSize')}
          current={query.size}
          hrefOf={(size) => certificatesHref(environment, { ca: query.ca, size })}
        />
        <CsvButton
          fileName={`certificates-${environment}`}
          header={['certificateId', 'arn', 'status', 'mode', 'created']}
          rows={certificates.map(({ certificateId, arn, status, mode, createdAt }) => [
            certificateId,
            arn,
            status,
            mode,
            createdAt?.toISOString() ?? '',
          ])}
        />
      </ListToolbar>
      <SelectionScope
        list="certificates"
        rows={certificates.map(({ certificateId, status }) => ({ id: certificateId, status }))}
      >
        {isSelectable ? (
          <SelectionBar
            list="certificates"
            acts={ACTS}
            allUrl={`/e/${environment}/acts/selection?list=certificates&ca=${query.ca ?? ''}`}
          />
        ) : null}
        <CertificatesTable
          t={t}
          environment={environment}
          certificates={certificates}
          isSelectable={isSelectable}
          failure={read.ok ? undefined : read.failure}
          empty={<Nothing t={t} environment={environment} isFiltered={query.ca !== undefined} />}
        />
      </SelectionScope>
      <PageLinks
        nextHref={
          nextToken === undefined ? undefined : certificatesHref(environment, { ...query, token: nextToken })
        }
        firstHref={
          query.token === undefined
            ? undefined
            : certificatesHref(environment, { ...query, token: undefined })
        }
      />
    </>
  );
}

type NothingProps = { t: RegistryTranslator; environment: string; isFiltered: boolean };

async function Nothing({ t, environment, isFiltered }: NothingProps) {
  const ui = await getTranslations('ui');
  return isFiltered ? (
    <EmptyState
      title={t('certificates.nothingTitle')}
      action={<LinkButton href={certificatesHref(environment, {})}>{ui('clearFilter')}</LinkButton>}
    >
      {t('certificates.nothingText')}
    </EmptyState>
  ) : (
    <EmptyState
      title={t('certificates.emptyTitle')}
      action={<LinkButton href={consoleHref('issue', environment)}>{t('certificates.issue')}</LinkButton>}
    >
      {t('certificates.emptyText')}
    </EmptyState>
  );
}
