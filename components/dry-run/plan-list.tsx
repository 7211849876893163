'use client';

import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import type { ProvisioningPlan } from '@/lib/provisioning/plan';
import { nameToShow } from './dry-run';

type PlanListProps = {
  plan: ProvisioningPlan;
  /** Where an existing thing or policy is shown. */
  thingHref: (name: string) => Route;
  policyHref: (name: string) => Route;
};

const DEED_TONES = { create: 'positive', reuse: 'info', update: 'warning' } as const;

/** Thing, certificate, policies and what is attached to what, each with what would happen to it. */
export function PlanList({ plan: { thing, certificate, policies }, thingHref, policyHref }: PlanListProps) {
  const t = useTranslations('device.dryRun');
  const words = { id: t('idToCome'), serial: t('serialToCome') };
  const show = (name: string) => nameToShow(name, words);
  return (
    <dl className="flex flex-col gap-3">
      {thing === undefined ? null : (
        <Item label={t('thing')} mark={<Deed deed={thing.deed} />}>
          <Name name={show(thing.name)} href={thing.deed === 'create' ? undefined : thingHref(thing.name)} />
          {Object.entries(thing.attributes).map(([name, value]) => (
            <span key={name} className="block font-mono text-xs text-ink-muted wrap-anywhere">
              {name}={show(value)}
            </span>
          ))}
        </Item>
      )}
      <Item label={t('certificate')} mark={<Deed deed="create" />}>
        {t(`certificateStatus.${certificate.status}`)}
      </Item>
      {policies.map(({ logicalId, name, deed, document }) => (
        <Item key={logicalId} label={t('policy')} mark={<Deed deed={deed} />}>
          <Name
            name={document === undefined ? show(name) : shortenMiddle(name)}
            href={deed === 'create' ? undefined : policyHref(name)}
          />
          <span className="block text-xs text-ink-muted">
            {t(document === undefined ? 'policyNamed' : 'policyFromDocument')}
          </span>
        </Item>
      ))}
      <Item label={t('attached')}>
        <ul className="list-disc pl-4">
          {policies.length === 0 ? null : <li>{t('policyToCertificate')}</li>}
          {thing === undefined ? null : <li>{t('certificateToThing')}</li>}
          {thing === undefined && policies.length === 0 ? <li>{t('nothingAttached')}</li> : null}
        </ul>
      </Item>
    </dl>
  );
}

function Deed({ deed }: { deed: keyof typeof DEED_TONES }) {
  const t = useTranslations('device.dryRun.deed');
  return <Badge tone={DEED_TONES[deed]}>{t(deed)}</Badge>;
}

function Item({ label, mark, children }: { label: string; mark?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt className="flex items-center gap-2 text-xs text-ink-muted">
        {label}
        {mark}
      </dt>
      <dd className="mt-0.5 min-w-0">{children}</dd>
    </div>
  );
}

function Name({ name, href }: { name: string; href: Route | undefined }) {
  const className = 'font-mono wrap-anywhere';
  return href === undefined ? (
    <span className={className}>{name}</span>
  ) : (
    <Link href={href} target="_blank" className={`link ${className}`}>
      {name}
    </Link>
  );
}
