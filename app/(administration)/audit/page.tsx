import { ActDetails } from '@/components/audit/act-details';
import { ActOutcome } from '@/components/audit/act-outcome';
import { AuditFilter } from '@/components/audit/audit-filter';
import { auditHref, NO_ENVIRONMENT, parseAuditQuery } from '@/components/audit/audit-query';
import { EmptyState } from '@/components/ui/empty-state';
import { Id } from '@/components/ui/id';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { PageHeader } from '@/components/ui/page-header';
import { PageLinks } from '@/components/ui/page-links';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import { actFacets, listActs } from '@/lib/audit/list-acts';
import { requirePermission } from '@/lib/auth/require-permission';
import { environments } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';

/** What fits on a screen or two. */
const PAGE_SIZE = 50;

/** An id that AWS makes from a certificate: nobody reads it whole. Names and addresses are. */
const HASH_ID = /^[0-9a-f]{64}$/;

export async function generateMetadata() {
  const t = await getTranslations('audit');
  return { title: t('title') };
}

export default async function AuditPage({ searchParams }: PageProps<'/audit'>) {
  await requirePermission('audit:read');
  const query = parseAuditQuery(await searchParams);
  const { environment, actor: actorId, action, before } = query;
  const filter = { environment: environment === NO_ENVIRONMENT ? null : environment, actorId, action };
  const [{ acts, next }, facets] = await Promise.all([
    listActs(filter, { before, pageSize: PAGE_SIZE }),
    actFacets(),
  ]);
  const t = await getTranslations('audit');
  const isFiltered = environment !== undefined || actorId !== undefined || action !== undefined;
  const fields = [
    {
      name: 'environment',
      label: t('environment'),
      value: environment,
      choices: [
        ...environments().map(({ id, name }) => ({ value: id, label: name })),
        { value: NO_ENVIRONMENT, label: t('noEnvironment') },
      ],
    },
    {
      name: 'actor',
      label: t('actor'),
      value: actorId,
      choices: facets.actors.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: 'action',
      label: t('action'),
      value: action,
      choices: facets.actions.map((name) => ({ value: name, label: name })),
    },
  ] as const;
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <div className="rounded-lg border border-line bg-surface">
        <ListToolbar readAt={new Date().toISOString()} filter={<AuditFilter fields={fields} />} />
        <ResourceTable
          label={t('title')}
          rows={acts}
          rowKey={({ sequence }) => String(sequence)}
          empty={<EmptyState title={t(isFiltered ? 'nothingMatches' : 'empty')} />}
          columns={[
            { id: 'at', header: t('at'), cell: ({ at }) => <TimeAgo at={at.toISOString()} /> },
            { id: 'actor', header: t('actor'), cell: (act) => act.actor?.name ?? t('nobody') },
            {
              id: 'action',
              header: t('action'),
              isRowHeader: true,
              cell: (act) => <span className="font-mono text-xs">{act.action}</span>,
            },
            {
              id: 'resource',
              header: t('resource'),
              cell: ({ resource }) =>
                resource !== undefined && HASH_ID.test(resource) ? (
                  <Id value={resource} label={t('resource')} />
                ) : (
                  <span className="font-mono text-xs wrap-anywhere">{resource ?? t('none')}</span>
                ),
            },
            {
              id: 'environment',
              header: t('environment'),
              isSecondary: true,
              cell: (act) => act.environment ?? t('none'),
            },
            {
              id: 'outcome',
              header: t('outcome'),
              cell: ({ outcome, failure }) => <ActOutcome outcome={outcome} failure={failure} />,
            },
            {
              id: 'details',
              header: t('details'),
              cell: (act) => (
                <ActDetails
                  act={{
                    sequence: act.sequence,
                    at: act.at.toISOString(),
                    action: act.action,
                    clientAddress: act.clientAddress,
                    requestId: act.requestId,
                    before: asJson(act.before),
                    after: asJson(act.after),
                  }}
                />
              ),
            },
          ]}
        />
        <PageLinks
          nextHref={next === undefined ? undefined : auditHref({ ...query, before: next })}
          firstHref={before === undefined ? undefined : auditHref({ ...query, before: undefined })}
        />
      </div>
    </>
  );
}

const asJson = (noted: unknown) => (noted === undefined ? undefined : JSON.stringify(noted, null, 2));
