'use client';

import { Fragment } from 'react';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { Disclosure } from '@/components/ui/disclosure';
import { KeyValue } from '@/components/ui/key-value';
import type { Template } from '@/lib/provisioning/template';
import { prettyJson } from '@/lib/registry/pretty-json';
import { type PolicySummary, summarize, type TemplateValue } from './template-summary';

/** What a template asks of each device certificate and what AWS makes for each device. */
export function TemplateSummaryCard({
  template,
  templateBody,
}: {
  template: Template;
  templateBody: string;
}) {
  const t = useTranslations('template.summary');
  const { needs, things, policies } = summarize(template);
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-3">
        <KeyValue
          entries={[
            {
              label: t('needs'),
              value:
                needs.length === 0 ? (
                  t('needsNothing')
                ) : (
                  <ul>
                    {needs.map(({ name, source, defaultValue }) => (
                      <li key={name}>
                        {source.kind === 'subject' ? t(`source.${source.field}`) : t(`source.${source.kind}`)}
                        {defaultValue === undefined ? null : ` ${t('orElse', { value: defaultValue })}`}
                      </li>
                    ))}
                  </ul>
                ),
            },
            {
              label: t('thing'),
              value:
                things.length === 0
                  ? t('noThing')
                  : things.map(({ name, attributes }, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the resources of one text, in its order
                      <Fragment key={index}>
                        <p>{t.rich('thingNamed', { name: () => <Value value={name} /> })}</p>
                        {attributes.map((attribute) => (
                          <p key={attribute.name} className="text-xs text-ink-muted">
                            {attribute.name} = <Value value={attribute.value} />
                          </p>
                        ))}
                      </Fragment>
                    )),
            },
            {
              label: t('policy'),
              value:
                policies.length === 0
                  ? t('noPolicy')
                  : policies.map((policy, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the resources of one text, in its order
                      <PolicyLine key={index} policy={policy} />
                    )),
            },
          ]}
        />
        {policies.map((policy, index) =>
          policy.kind === 'document' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the resources of one text, in its order
            <Disclosure key={index} summary={t('document')}>
              <CodeBlock label={t('document')} code={prettyJson(policy.document)} />
            </Disclosure>
          ) : null,
        )}
        <Disclosure summary={t('body')}>
          <CodeBlock label={t('body')} code={prettyJson(templateBody)} />
        </Disclosure>
      </div>
    </Card>
  );
}

function PolicyLine({ policy }: { policy: PolicySummary }) {
  const t = useTranslations('template.summary');
  if (policy.kind === 'document') return <p>{t('policyDocument')}</p>;
  return <p>{t.rich('policyNamed', { name: () => <Value value={policy.name} /> })}</p>;
}

/** A parameter by what it stands for, text as it is. */
function Value({ value }: { value: TemplateValue | undefined }) {
  if (value === undefined) return '–';
  if (value.kind === 'parameter') {
    return <span className="font-mono text-xs">{value.name.replace('AWS::IoT::Certificate::', '')}</span>;
  }
  return <span className="font-mono text-xs">{value.kind === 'text' ? value.text : value.json}</span>;
}
