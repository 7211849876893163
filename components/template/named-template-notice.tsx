'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';

/** A config that only names its template: what has to be there under that name. */
export function NamedTemplateNotice({ name }: { name: string }) {
  const t = useTranslations('template.named');
  return (
    <Notice tone="info" title={t('title', { name })}>
      <p>{t('help')}</p>
    </Notice>
  );
}
