import type { Metadata, Route } from 'next';
import { notFound } from 'next/navigation';
import { caHref, certificateHref, policyHref, thingHref } from '@/components/registry/hrefs';
import { MissingResource } from '@/components/registry/missing-resource';
import { readPathParameter } from '@/components/registry/path-parameter';
import { RelationsView } from '@/components/relations/relations-view';
import { FailureNotice } from '@/components/ui/failure-notice';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshButton } from '@/components/ui/refresh-button';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { requirePermission } from '@/lib/auth/require-permission';
import { readRelations } from '@/lib/aws/relations/read-relations';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { isPolicyName } from '@/lib/registry/iot-policy';
import {
  RELATION_SUBJECTS,
  type RelationNode,
  type RelationSubject,
  relationId,
} from '@/lib/registry/relations';
import { isThingName } from '@/lib/registry/thing';

type Props = PageProps<'/e/[environment]/relations/[relationKind]/[relationName]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('relations');
  return { title: `${t('title')} ${shortenMiddle(readPathParameter((await params).relationName) ?? '')}` };
}

export default async function RelationsPage({ params }: Props) {
  const { environment: environmentId, relationKind, relationName } = await params;
  await requirePermission('certificate:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const subject = RELATION_SUBJECTS.find((known) => known === relationKind);
  const name = readPathParameter(relationName);
  if (subject === undefined || name === undefined || !NAMES[subject](name)) notFound();

  const [t, ui, read] = await Promise.all([
    getTranslations('relations'),
    getTranslations('ui'),
    readRelations(environment, subject, name),
  ]);
  const subjectHref = HREFS[subject](environment.id, name);
  const header = {
    title: t('title'),
    description: t('description'),
    breadcrumb: [{ label: shortenMiddle(name, 16, 8), href: subjectHref }],
    breadcrumbLabel: ui('breadcrumb'),
  };
  if (!read.ok) {
    const isMissing = read.failure.kind === 'not-found';
    return (
      <>
        <PageHeader {...header} />
        {isMissing ? (
          <MissingResource title={t('missing')} text={t('missingText')} />
        ) : (
          <FailureNotice failure={read.failure} />
        )}
      </>
    );
  }
  const { relations, failures } = read.value;
  return (
    <>
      <PageHeader {...header} actions={<RefreshButton readAt={new Date().toISOString()} />} />
      {failures.map((failure) => (
        <FailureNotice key={JSON.stringify(failure)} failure={failure} />
      ))}
      <RelationsView
        nodes={relations.nodes.map((node) => ({ ...node, href: hrefOf(environment.id, node) }))}
        edges={relations.edges}
        further={relations.further}
        subjectId={relationId(subject, name)}
        subjectHref={subjectHref}
      />
    </>
  );
}

const NAMES: Record<RelationSubject, (name: string) => boolean> = {
  thing: isThingName,
  certificate: isCertificateId,
  policy: isPolicyName,
  ca: isCertificateId,
};

const HREFS: Record<RelationSubject, (environment: string, name: string) => Route> = {
  thing: thingHref,
  certificate: certificateHref,
  policy: policyHref,
  ca: caHref,
};

/** Groups, roles and templates on a CA have no page of their own here. */
function hrefOf(environment: string, { kind, name }: RelationNode): Route | undefined {
  const subject = RELATION_SUBJECTS.find((known) => known === kind);
  if (subject !== undefined) return HREFS[subject](environment, name);
  return kind === 'template' && name !== ''
    ? (`/e/${environment}/templates/${encodeURIComponent(name)}` as Route)
    : undefined;
}
