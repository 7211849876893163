'use client';

import { useLocale, useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Id } from '@/components/ui/id';
import { KeyValue } from '@/components/ui/key-value';
import { LifeBar } from '@/components/ui/life-bar';
import type { Issuer } from '@/lib/pki/issuer-chain';
import type { CaFacts } from './wizard-draft';

/** A CA certificate in a few lines. */
export function CaFactsList({ facts, issuers }: { facts: CaFacts; issuers: readonly Issuer[] }) {
  const t = useTranslations('wizard.facts');
  const hierarchy = useTranslations('hierarchy.above');
  const locale = useLocale();
  const day = (iso: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso));
  return (
    <KeyValue
      entries={[
        {
          label: t('subject'),
          value: (
            <span className="flex flex-wrap items-center gap-2">
              {facts.subject}
              {facts.isSelfIssued ? <Badge>{t('selfSigned')}</Badge> : null}
            </span>
          ),
        },
        ...(facts.isSelfIssued
          ? []
          : [
              {
                label: hierarchy('title'),
                value:
                  issuers.length === 0
                    ? hierarchy('unknown')
                    : issuers.map(({ subject }) => subject).join(' ← '),
              },
            ]),
        { label: t('key'), value: `${facts.keyName}, ${facts.signatureAlgorithm}` },
        { label: t('caId'), value: <Id value={facts.caId} label={t('caId')} /> },
        {
          label: t('validity'),
          value: (
            <span className="flex flex-col gap-1">
              {t('fromTo', { from: day(facts.notBefore), to: day(facts.notAfter) })}
              <LifeBar from={facts.notBefore} to={facts.notAfter} />
            </span>
          ),
        },
      ]}
    />
  );
}
