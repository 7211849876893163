'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import type { Failure } from '@/lib/failure';
import type { ProvisioningTemplateDetail } from '@/lib/registry/provisioning-template';
import type { Result } from '@/lib/result';
import { EnabledBadge, TemplateTypeBadge } from './template-badges';
import { templateHref } from './templates-query';

type NamedTemplateFactsProps = {
  environment: string;
  name: string;
  template: Result<ProvisioningTemplateDetail, Failure>;
};

/** The template that a CA names: whether it acts, and the way to its versions. */
export function NamedTemplateFacts({ environment, name, template }: NamedTemplateFactsProps) {
  const t = useTranslations('templates');
  if (!template.ok) return <FailureNotice failure={template.failure} />;
  const { type, isEnabled, defaultVersionId } = template.value;
  return (
    <div className="mt-3 flex flex-col gap-3">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <Link href={templateHref(environment, name)} className="link font-mono wrap-anywhere">
          {name}
        </Link>
        <span>{t('versions.nameInForce', { version: defaultVersionId })}</span>
        <TemplateTypeBadge t={t} type={type} />
        <EnabledBadge t={t} isEnabled={isEnabled} />
      </p>
      {type === 'JITP' && isEnabled ? null : (
        <Notice tone="warning" title={t(type === 'JITP' ? 'convert.idle' : 'convert.notJitp')} />
      )}
    </div>
  );
}
