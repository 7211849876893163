import { SelectionBar } from '@/components/acts/selection-bar';
import { SelectionScope } from '@/components/acts/selection-scope';
import { CsvButton } from '@/components/registry/csv-button';
import { PageSizes } from '@/components/registry/page-sizes';
import { ThingFilterForm } from '@/components/registry/thing-filter-form';
import { type ThingsQuery, thingsHref } from '@/components/registry/things-query';
import { ThingsTable } from '@/components/registry/things-table';
import type { RegistryTranslator } from '@/components/registry/translator';
import { consoleHref } from '@/components/shell/console-routes';
import { LiveChanges } from '@/components/status/live/live-changes';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { PageLinks } from '@/components/ui/page-links';
import type { Failure } from '@/lib/failure';
import { getTranslations } from '@/lib/locale/get-translations';
import type { Page } from '@/lib/registry/page';
import type { ThingSummary } from '@/lib/registry/thing';
import type { Result } from '@/lib/result';

type ThingRowsProps = {
  t: RegistryTranslator;
  environment: string;
  query: ThingsQuery;
  page: Promise<Result<Page<ThingSummary>, Failure>>;
  /** When reading them began, ISO 8601. */
  readAt: string;
  /** The operator may delete things. */
  isSelectable: boolean;
};

/** The rows, or what stands in their place, with the toolbar above and the pages below. */
export async function ThingRows({ t, environment, query, page, readAt, isSelectable }: ThingRowsProps) {
  const read = await page;
  const things = read.ok ? read.value.items : [];
  const nextToken = read.ok ? read.value.nextToken : undefined;
  const isFiltered = query.type !== undefined || query.attribute !== undefined || query.value !== undefined;
  return (
    <>
      <ListToolbar
        readAt={readAt}
        live={
          <LiveChanges
            environment={environment}
            topic={{ kinds: ['thing', 'certificate'] }}
            readAt={readAt}
          />
        }
        filter={<ThingFilterForm action={thingsHref(environment, {})} query={query} />}
      >
        <PageSizes
          label={t('list.pageSize')}
          current={query.size}
          hrefOf={(size) => thingsHref(environment, { ...query, token: undefined, size })}
        />
        <CsvButton
          fileName={`things-${environment}`}
          header={['name', 'arn', 'type', 'attributes', 'version']}
          rows={things.map(({ name, arn, typeName, attributes, version }) => [
            name,
            arn,
            typeName ?? '',
            JSON.stringify(attributes),
            String(version),
          ])}
        />
      </ListToolbar>
      <SelectionScope list="things" rows={things.map(({ name }) => ({ id: name, name }))}>
        {isSelectable ? (
          <SelectionBar list="things" acts={['delete-thing']} allUrl={allThingsUrl(environment, query)} />
        ) : null}
        <ThingsTable
          t={t}
          environment={environment}
          things={things}
          isSelectable={isSelectable}
          failure={read.ok ? undefined : read.failure}
          empty={
            isFiltered ? (
              <NothingMatches t={t} environment={environment} />
            ) : (
              <NoThingsYet t={t} environment={environment} />
            )
          }
        />
      </SelectionScope>
      <PageLinks
        nextHref={
          nextToken === undefined ? undefined : thingsHref(environment, { ...query, token: nextToken })
        }
        firstHref={
          query.token === undefined ? undefined : thingsHref(environment, { ...query, token: undefined })
        }
      />
    </>
  );
}

/** Where all things of the list are read. */
function allThingsUrl(environment: string, { type, attribute, value }: ThingsQuery): string {
  const filter = Object.entries({ type, attribute, value }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, text]],
  );
  return `/e/${environment}/acts/selection?${new URLSearchParams([['list', 'things'], ...filter])}`;
}

type EmptyProps = { t: RegistryTranslator; environment: string };

async function NothingMatches({ t, environment }: EmptyProps) {
  const ui = await getTranslations('ui');
  return (
    <EmptyState
      title={t('things.nothingTitle')}
      action={<LinkButton href={thingsHref(environment, {})}>{ui('clearFilter')}</LinkButton>}
    >
      {t('things.nothingText')}
    </EmptyState>
  );
}

function NoThingsYet({ t, environment }: EmptyProps) {
  return (
    <EmptyState
      title={t('things.emptyTitle')}
      action={<LinkButton href={consoleHref('issue', environment)}>{t('things.issue')}</LinkButton>}
    >
      {t('things.emptyText')}
    </EmptyState>
  );
}
