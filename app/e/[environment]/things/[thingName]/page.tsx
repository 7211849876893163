import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { mqttClientHref } from '@/components/registry/hrefs';
import { MissingResource } from '@/components/registry/missing-resource';
import { readPathParameter } from '@/components/registry/path-parameter';
import { ThingActions } from '@/components/registry/thing-actions';
import { ThingPrincipalsTable } from '@/components/registry/thing-principals-table';
import { ThingAttributesCard, ThingSummaryCard } from '@/components/registry/thing-summary';
import { thingsHref } from '@/components/registry/things-query';
import { RelationsLink } from '@/components/relations/relations-link';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshButton } from '@/components/ui/refresh-button';
import { requirePermission } from '@/lib/auth/require-permission';
import { iotFor } from '@/lib/aws/iot-gateway';
import { requireEnvironment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { PAGE_SIZE_MAX } from '@/lib/registry/page';
import { isThingName } from '@/lib/registry/thing';
import { readPrincipals } from './read-principals';

type Props = PageProps<'/e/[environment]/things/[thingName]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: readPathParameter((await params).thingName) };
}

export default async function ThingPage({ params }: Props) {
  const { environment: environmentId, thingName } = await params;
  await requirePermission('thing:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const name = readPathParameter(thingName);
  if (name === undefined || !isThingName(name)) notFound();

  const [t, ui] = await Promise.all([getTranslations('registry'), getTranslations('ui')]);
  const iot = iotFor(environment);
  const [thing, page] = await Promise.all([
    iot.describeThing(name),
    iot.listThingPrincipals(name, { pageSize: PAGE_SIZE_MAX, token: undefined }),
  ]);
  const header = {
    title: <span className="font-mono">{name}</span>,
    breadcrumb: [{ label: t('things.title'), href: thingsHref(environment.id, {}) }],
    breadcrumbLabel: ui('breadcrumb'),
  };
  if (!thing.ok) {
    const isMissing = thing.failure.kind === 'not-found';
    return (
      <>
        <PageHeader {...header} />
        {isMissing ? (
          <MissingResource
            title={t('thing.missingTitle', { name })}
            text={t('thing.missingText')}
            action={<LinkButton href={thingsHref(environment.id, {})}>{t('things.title')}</LinkButton>}
          />
        ) : (
          <FailureNotice failure={thing.failure} />
        )}
      </>
    );
  }

  const { rows, failure, isPartial } = await readPrincipals(iot, page);
  return (
    <>
      <PageHeader
        {...header}
        actions={
          <>
            <RefreshButton readAt={new Date().toISOString()} />
            <LinkButton href={mqttClientHref(environment.id, name)} variant="quiet">
              {t('thing.listen')}
            </LinkButton>
            <RelationsLink environment={environment.id} subject="thing" name={name} />
            <ThingActions environment={environment.id} thingName={name} />
          </>
        }
      />
      <ThingSummaryCard t={t} thing={thing.value} />
      <Card title={t('thing.certificates')} isFlush aside={isPartial ? t('list.moreAttached') : undefined}>
        <ThingPrincipalsTable t={t} environment={environment.id} rows={rows} failure={failure} />
      </Card>
      <ThingAttributesCard t={t} thing={thing.value} />
    </>
  );
}
