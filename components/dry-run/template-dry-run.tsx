'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import type { Place } from '@/lib/policy/lint/iot-arn';
import { CertificateFile } from './certificate-file';
import { Comparison } from './comparison';
import { LedgerChoice } from './ledger-choice';
import { OutcomeView } from './outcome-view';
import type { TestedCertificate } from './tested-certificate';
import { TypedFields } from './typed-fields';
import { useOutcomes } from './use-outcomes';

/** A text of a template; `id` is unique among those of one dry run. */
export type TemplateVersion = { id: string; label: string; template: string };

type TemplateDryRunProps = {
  environment: string;
  place: Place;
  /** The first is the one that matters; others it can be compared with. */
  versions: readonly [TemplateVersion, ...TemplateVersion[]];
};

const SOURCES = ['file', 'ledger', 'typed'] as const;
type Source = (typeof SOURCES)[number];
const NOTHING = 'none';

/** What a first connection would make of a template, for a certificate of one's choice. Changes nothing. */
export function TemplateDryRun({ environment, place, versions }: TemplateDryRunProps) {
  const t = useTranslations('dry-run');
  const [source, setSource] = useState<Source>('typed');
  const [certificates, setCertificates] = useState<Partial<Record<Source, TestedCertificate | undefined>>>(
    {},
  );
  const [comparedId, setComparedId] = useState(NOTHING);
  const [first, ...others] = versions;
  const compared = others.find(({ id }) => id === comparedId);
  const certificate = certificates[source];
  const hold = (at: Source) => (held: TestedCertificate | undefined) =>
    setCertificates((now) => ({ ...now, [at]: held }));
  const { outcomes, lookUp } = useOutcomes({
    certificate,
    place,
    templates: compared === undefined ? [first.template] : [first.template, compared.template],
    registryUrl: `/e/${environment}/dry-run/registry`,
  });
  const [outcome, other] = outcomes;
  return (
    <div className="@container min-w-0">
      <div className="grid items-start gap-4 @3xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Card title={t('title')}>
          <div className="flex flex-col gap-4">
            <p className="text-xs text-ink-muted">{t('intro')}</p>
            <RadioCards
              label={t('source.label')}
              value={source}
              onChange={setSource}
              options={SOURCES.map((value) => ({
                value,
                label: t(`source.${value}`),
                description: t(`source.${value}Help`),
              }))}
            />
            {/* All stay, so that nothing typed is lost by looking at another. */}
            <div hidden={source !== 'file'}>
              <CertificateFile onChange={hold('file')} />
            </div>
            {source === 'ledger' ? (
              <LedgerChoice url={`/e/${environment}/dry-run/devices`} onChange={hold('ledger')} />
            ) : null}
            <div hidden={source !== 'typed'} className="@container">
              <TypedFields onChange={hold('typed')} />
            </div>
            {others.length === 0 ? null : (
              <Select
                label={t('template.compare')}
                options={[
                  { value: NOTHING, label: t('template.noCompare') },
                  ...others.map(({ id, label }) => ({ value: id, label })),
                ]}
                value={comparedId}
                onChange={setComparedId}
              />
            )}
          </div>
        </Card>
        <div className="flex min-w-0 flex-col gap-4">
          <Card
            title={compared === undefined ? t('outcome.title') : t('outcome.titleOf', { label: first.label })}
            aside={
              <span role="status" className="text-xs">
                {lookUp === 'pending' ? t('outcome.lookingUp') : ''}
              </span>
            }
          >
            {outcome === 'unreadable' ? (
              <Notice tone="danger" title={t('template.unreadable')} />
            ) : outcome === undefined ? (
              <p className="text-sm text-ink-muted">{t('outcome.nothing')}</p>
            ) : (
              <OutcomeView environment={environment} outcome={outcome} isPending={lookUp === 'pending'} />
            )}
            {lookUp === 'partial' ? (
              <p className="mt-3 text-xs text-ink-muted">{t('outcome.partial')}</p>
            ) : null}
          </Card>
          {compared === undefined || outcome === undefined || other === undefined ? null : (
            <Card title={t('compare.title')}>
              {outcome === 'unreadable' || other === 'unreadable' ? (
                <Notice tone="danger" title={t('template.unreadable')} />
              ) : (
                <Comparison labels={[first.label, compared.label]} first={outcome} second={other} />
              )}
            </Card>
          )}
        </div>
      </div>
    </div>
  );
}
