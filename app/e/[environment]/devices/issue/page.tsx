import type { Metadata } from 'next';
import { issueBatchHref } from '@/components/batch/batch-href';
import { CaChoice } from '@/components/device/ca-choice';
import { devicesHref } from '@/components/device/devices-query';
import { IssueDevice } from '@/components/device/issue-device';
import { issueHrefFor } from '@/components/device/replaced-href';
import { ListPanel } from '@/components/registry/list-panel';
import { textParameter } from '@/components/registry/list-query';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { PageLinks } from '@/components/ui/page-links';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { readIssuingCas } from '@/lib/aws/issuing-cas';
import { requireEnvironment } from '@/lib/config/environments';
import { readChainedCa } from '@/lib/devices/issuing-ca';
import { listProfiles, toProfiles } from '@/lib/ledger/profiles';
import { getTranslations } from '@/lib/locale/get-translations';
import { getLocale } from '@/lib/locale/preferences';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { confirm, reserve } from './actions';
import { readReplaced } from './read-replaced';

type Props = PageProps<'/e/[environment]/devices/issue'>;

/** AWS's marker has no bound in the service model; a URL has. */
const token = textParameter(4096);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('device');
  return { title: t('issue.title') };
}

export default async function IssuePage({ params, searchParams }: Props) {
  const environmentId = (await params).environment;
  const operator = await requirePermission('device:issue', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  const [t, hierarchy, batch, ui, query] = await Promise.all([
    getTranslations('device'),
    getTranslations('hierarchy'),
    getTranslations('batch'),
    getTranslations('ui'),
    searchParams,
  ]);
  const replaces = typeof query['replaces'] === 'string' ? query['replaces'] : undefined;
  const replaced = replaces === undefined ? undefined : await readReplaced(environment, replaces);
  const caId = typeof query['ca'] === 'string' && isCertificateId(query['ca']) ? query['ca'] : undefined;

  const header = (
    <PageHeader
      title={
        replaced === undefined ? t('issue.title') : hierarchy('replaced.heading', { name: replaced.name })
      }
      description={caId === undefined ? t('chooseCa.title') : t('issue.description')}
      breadcrumb={[{ label: t('list.title'), href: devicesHref(environment.id, {}) }]}
      breadcrumbLabel={ui('breadcrumb')}
      actions={
        replaced === undefined ? (
          <LinkButton href={issueBatchHref(environment.id, caId === undefined ? {} : { ca: caId })}>
            {batch('open')}
          </LinkButton>
        ) : undefined
      }
    />
  );
  if (caId === undefined) {
    const page = await readIssuingCas(environment, token.parse(query['token']));
    const next = page.ok ? page.value.nextToken : undefined;
    return (
      <>
        {header}
        <ListPanel>
          <CaChoice
            t={t}
            environment={environment.id}
            page={page}
            nowMs={Date.now()}
            mayRegister={can(operator, 'ca:register', { environment: environment.id })}
            hrefOf={(ca) => issueHrefFor(environment.id, { ca, replaces: replaced?.certificateId })}
          />
          <PageLinks
            nextHref={
              next === undefined
                ? undefined
                : issueHrefFor(environment.id, { token: next, replaces: replaced?.certificateId })
            }
            firstHref={
              query['token'] === undefined
                ? undefined
                : issueHrefFor(environment.id, { replaces: replaced?.certificateId })
            }
          />
        </ListPanel>
      </>
    );
  }

  const [ca, profiles] = await Promise.all([
    readChainedCa(environment, caId),
    getLocale().then((locale) => listProfiles(environment.id, locale)),
  ]);
  return (
    <>
      {header}
      {ca.ok ? (
        <IssueDevice
          key={caId}
          environment={environment.id}
          ca={ca.value}
          registryUrl={`/e/${environment.id}/devices/issue/registry`}
          actions={{ reserve, confirmDelivery: confirm }}
          profiles={toProfiles(profiles)}
          replaced={replaced}
        />
      ) : (
        <>
          <FailureNotice failure={ca.failure} />
          <div>
            <LinkButton href={issueHrefFor(environment.id, { replaces: replaced?.certificateId })}>
              {t('issue.otherCa')}
            </LinkButton>
          </div>
        </>
      )}
    </>
  );
}
