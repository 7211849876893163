import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CaseCard } from '@/components/case-card/case-card';
import type { CaseLinkFacts } from '@/components/case-card/case-link-props';
import { CaseLinks } from '@/components/case-card/case-links';
import { PrintButton } from '@/components/case-card/print-button';
import { deviceHref } from '@/components/registry/hrefs';
import { PageHeader } from '@/components/ui/page-header';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { areCaseLinksAllowed, CASE_LINK_DAYS_MAX, type CaseLink, listCaseLinks } from '@/lib/auth/case-links';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { diagnoseDevice } from '@/lib/devices/diagnose-device';
import { toCaseCard } from '@/lib/diagnosis/case-card';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { allowLinks, makeLink, revokeLink } from './actions';

type Props = PageProps<'/e/[environment]/devices/[certificateId]/case'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('case');
  return { title: `${t('title')} ${shortenMiddle((await params).certificateId)}` };
}

export default async function DeviceCasePage({ params }: Props) {
  const { environment: environmentId, certificateId } = await params;
  const operator = await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  if (!isCertificateId(certificateId)) notFound();

  const now = new Date();
  const target = { environment: environment.id, certificateId };
  const [t, ui, { device }, isAllowed, links] = await Promise.all([
    getTranslations('case'),
    getTranslations('ui'),
    diagnoseDevice(environment, certificateId, { now }),
    areCaseLinksAllowed(environment.id),
    listCaseLinks(target, now),
  ]);
  const { id, name, accountId, region } = environment;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        breadcrumb={[
          {
            label: device.commonName ?? shortenMiddle(certificateId),
            href: deviceHref(environment.id, certificateId),
          },
        ]}
        breadcrumbLabel={ui('breadcrumb')}
        actions={<PrintButton />}
      />
      <CaseCard card={toCaseCard(device, { id, name, accountId, region })} environment={environment.id} />
      {can(operator, 'case-link:create', { environment: environment.id }) ? (
        <div className="print:hidden">
          <CaseLinks
            target={target}
            links={links.map(toFacts)}
            isAllowed={isAllowed}
            mayAllow={can(operator, 'case-link:allow', { environment: environment.id })}
            daysMax={CASE_LINK_DAYS_MAX}
            actions={{ make: makeLink, revoke: revokeLink, allow: allowLinks }}
          />
        </div>
      ) : null}
    </>
  );
}

const toFacts = ({ createdAt, expiresAt, lastOpenedAt, ...link }: CaseLink): CaseLinkFacts => ({
  ...link,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastOpenedAt: lastOpenedAt?.toISOString(),
});
