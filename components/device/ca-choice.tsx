import type { Route } from 'next';
import Link from 'next/link';
import { caHref } from '@/components/registry/hrefs';
import { AutoRegistrationStatus, CaStatus } from '@/components/status/resource-status';
import { EmptyState } from '@/components/ui/empty-state';
import { Id } from '@/components/ui/id';
import { LifeBar } from '@/components/ui/life-bar';
import { LinkButton } from '@/components/ui/link-button';
import { ResourceTable } from '@/components/ui/resource-table';
import type { Failure } from '@/lib/failure';
import { caObstacle, type IssuingCa } from '@/lib/registry/issuing-ca';
import type { Result } from '@/lib/result';
import { issueHref } from './devices-query';
import { registerCaHref } from './register-ca-href';
import type { DeviceTranslator } from './translator';

type Listed = { caId: string; ca: IssuingCa | undefined };

type CaChoiceProps = {
  t: DeviceTranslator;
  environment: string;
  page: Result<{ cas: Listed[] }, Failure>;
  nowMs: number;
  mayRegister: boolean;
  /** Where a CA is issued under; by default one device. */
  hrefOf?: (caId: string) => Route;
};

/** The CAs of the environment: those that can issue are links, the others say why not. */
export function CaChoice({
  t,
  environment,
  page,
  nowMs,
  mayRegister,
  hrefOf = (caId) => issueHref(environment, { ca: caId }),
}: CaChoiceProps) {
  return (
    <ResourceTable
      label={t('chooseCa.label')}
      rows={page.ok ? page.value.cas : []}
      rowKey={({ caId }) => caId}
      failure={page.ok ? undefined : page.failure}
      empty={
        <EmptyState
          title={t('chooseCa.emptyTitle')}
          action={
            mayRegister ? (
              <LinkButton variant="primary" href={registerCaHref(environment)}>
                {t('chooseCa.register')}
              </LinkButton>
            ) : undefined
          }
        >
          {t(mayRegister ? 'chooseCa.emptyText' : 'chooseCa.emptyAsk')}
        </EmptyState>
      }
      columns={[
        {
          id: 'name',
          header: t('chooseCa.ca'),
          isRowHeader: true,
          cell: (row) => <Name t={t} hrefOf={hrefOf} row={row} nowMs={nowMs} />,
        },
        {
          id: 'status',
          header: t('chooseCa.status'),
          cell: ({ ca }) => (ca === undefined ? '–' : <CaStatus status={ca.status} />),
        },
        {
          id: 'auto',
          header: t('chooseCa.autoRegistration'),
          isSecondary: true,
          cell: ({ ca }) =>
            ca === undefined ? (
              '–'
            ) : (
              <AutoRegistrationStatus status={ca.autoRegistration ? 'ENABLE' : 'DISABLE'} />
            ),
        },
        {
          id: 'template',
          header: t('chooseCa.template'),
          cell: ({ ca }) => (ca === undefined ? '–' : t(`chooseCa.templateKind.${ca.template.kind}`)),
        },
        {
          id: 'life',
          header: t('chooseCa.life'),
          isSecondary: true,
          cell: ({ ca }) => (ca === undefined ? '–' : <LifeBar from={ca.notBefore} to={ca.notAfter} />),
        },
        {
          id: 'id',
          header: t('chooseCa.id'),
          cell: ({ caId }) => <Id value={caId} label={t('chooseCa.id')} href={caHref(environment, caId)} />,
        },
      ]}
    />
  );
}

type NameProps = {
  t: DeviceTranslator;
  hrefOf: (caId: string) => Route;
  row: Listed;
  nowMs: number;
};

function Name({ t, hrefOf, row: { caId, ca }, nowMs }: NameProps) {
  if (ca === undefined) {
    // Its details were not read, most often for want of calls: its own page will try again.
    return (
      <Link href={hrefOf(caId)} className="link font-mono">
        {caId.slice(0, 8)}
      </Link>
    );
  }
  const obstacle = caObstacle(ca, nowMs);
  if (obstacle === undefined) {
    return (
      <Link href={hrefOf(caId)} className="link wrap-anywhere">
        {ca.name || caId.slice(0, 8)}
      </Link>
    );
  }
  return (
    <span className="flex flex-col gap-0.5 wrap-anywhere">
      {ca.name || caId.slice(0, 8)}
      <span className="max-w-80 text-xs font-normal text-ink-muted">{t(`caObstacle.${obstacle}`)}</span>
    </span>
  );
}
