'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import { useIsHydrated } from '@/components/ui/use-now';

/** Says, before anything is typed, that this page cannot keep keys: WebCrypto exists in secure contexts only. */
export function InsecureContextNotice() {
  const t = useTranslations('shell.insecure');
  const isHydrated = useIsHydrated();
  if (!isHydrated || window.isSecureContext) return null;
  return (
    <Notice tone="danger" role="alert" title={t('title')}>
      <p>{t('body')}</p>
    </Notice>
  );
}
