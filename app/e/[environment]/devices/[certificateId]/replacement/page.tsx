import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { devicesHref } from '@/components/device/devices-query';
import { deviceHref, replacementHref } from '@/components/registry/hrefs';
import { BeginReplacement } from '@/components/replacement/begin-replacement';
import { BundleStep } from '@/components/replacement/bundle-step';
import { OldCertificate } from '@/components/replacement/old-certificate';
import { PlaceStep } from '@/components/replacement/place-step';
import { RetireStep } from '@/components/replacement/retire-step';
import { SeenStep } from '@/components/replacement/seen-step';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshButton } from '@/components/ui/refresh-button';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { can } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { readReplacement } from '@/lib/devices/replacement';
import { getTranslations } from '@/lib/locale/get-translations';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { sandboxControlOf } from '@/lib/sandbox-control/sandbox-control';
import { abandon, putInPlace, retireOld } from './actions';
import { toNewFacts, toOldFacts } from './to-facts';

type Props = PageProps<'/e/[environment]/devices/[certificateId]/replacement'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('hierarchy');
  return { title: `${t('replacement.short')} ${shortenMiddle((await params).certificateId)}` };
}

/** One certificate of a device in the place of another, from whatever point it has come to. */
export default async function ReplacementPage({ params }: Props) {
  const { environment: environmentId, certificateId } = await params;
  const operator = await requirePermission('device:read', { environment: environmentId });
  const environment = requireEnvironment(environmentId);
  if (!isCertificateId(certificateId)) notFound();

  const control = sandboxControlOf(environment);
  const [t, device, ui, { old, begun, predecessor }] = await Promise.all([
    getTranslations('hierarchy'),
    getTranslations('device'),
    getTranslations('ui'),
    readReplacement(environment, certificateId, {
      now: new Date(),
      isConnected: async (id) => {
        const clients = await control?.clients(id, 1);
        return clients?.ok === true && clients.value.clients.length > 0;
      },
    }),
  ]);
  const id = shortenMiddle(certificateId);
  const name = (old.ok ? old.value.facts?.subject.fields.commonName : undefined) ?? id;
  const header = (
    <PageHeader
      title={t('replacement.title', { name })}
      description={t('replacement.description')}
      breadcrumb={[
        { label: device('list.title'), href: devicesHref(environment.id, {}) },
        { label: name, href: deviceHref(environment.id, certificateId) },
      ]}
      breadcrumbLabel={ui('breadcrumb')}
      actions={<RefreshButton readAt={new Date().toISOString()} />}
    />
  );
  if (!old.ok) {
    return (
      <>
        {header}
        <FailureNotice failure={old.failure} />
        <div>
          <LinkButton href={deviceHref(environment.id, certificateId)}>{name}</LinkButton>
        </div>
      </>
    );
  }

  const { region, endpoints } = environment;
  const scope = { environment: environment.id };
  const oldFacts = toOldFacts(old.value);
  const next = begun?.ok ? toNewFacts(begun.value) : undefined;
  const props = next && {
    environment: environment.id,
    name,
    old: oldFacts,
    next,
    may: {
      issue: can(operator, 'device:issue', scope),
      place: can(operator, 'certificate:register', scope),
      placeWithoutCa: can(operator, 'certificate:register-without-ca', scope),
      retire: can(operator, 'certificate:update', scope),
    },
    actions: { putInPlace, retireOld, abandon },
    cliTarget: { region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } },
  };
  const refusal = begun?.ok && begun.value.plan.kind === 'refused' ? begun.value.plan.reason : undefined;
  return (
    <>
      {header}
      {predecessor === undefined ? null : (
        <p className="text-sm">
          {t.rich('replacement.predecessor', {
            link: (text) => (
              <Link href={replacementHref(environment.id, predecessor.oldCertificateId)} className="link">
                {text}
              </Link>
            ),
          })}
        </p>
      )}
      {oldFacts.status === 'REVOKED' && next?.retiredAt === undefined ? (
        <Notice tone="warning" title={t('replacement.oldRevoked')} />
      ) : null}
      <OldCertificate environment={environment.id} old={oldFacts} isReplaced={next !== undefined} />
      {begun?.ok === false ? <FailureNotice failure={begun.failure} /> : null}
      {refusal === undefined ? null : <FailureNotice failure={{ kind: 'conflict', reason: refusal }} />}
      {props === undefined ? (
        <BeginReplacement
          environment={environment.id}
          old={oldFacts}
          mayIssue={can(operator, 'device:issue', scope)}
        />
      ) : (
        <>
          <BundleStep {...props} />
          {refusal === undefined ? (
            <>
              <PlaceStep {...props} />
              <SeenStep {...props} />
              <RetireStep {...props} />
            </>
          ) : null}
        </>
      )}
    </>
  );
}
