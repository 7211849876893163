'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { replacementHref } from '@/components/registry/hrefs';
import { Notice } from '@/components/ui/notice';

/** The part of a replacement that tells how far it is. */
type Begun = { oldCertificateId: string; inPlaceAt: Date | null; retiredAt: Date | null };

type ReplacementLineProps = {
  environment: string;
  certificateId: string;
  asOld: Begun | undefined;
  asNew: Begun | undefined;
};

/** That this certificate is replaced, or replaces another; nothing where neither is so. */
export function ReplacementLine({ environment, certificateId, asOld, asNew }: ReplacementLineProps) {
  const t = useTranslations('hierarchy.line');
  const link = (id: string) => (text: ReactNode) => (
    <Link href={replacementHref(environment, id)} className="link">
      {text}
    </Link>
  );
  if (asOld !== undefined) {
    const state = asOld.retiredAt !== null ? 'retired' : asOld.inPlaceAt !== null ? 'inPlace' : 'begun';
    return (
      <Notice tone={state === 'retired' ? 'info' : 'warning'} title={t(state)}>
        <p>{t.rich('see', { link: link(certificateId) })}</p>
      </Notice>
    );
  }
  if (asNew === undefined || asNew.retiredAt !== null) return null;
  return (
    <Notice tone="info" title={t('new')}>
      <p>{t.rich('see', { link: link(asNew.oldCertificateId) })}</p>
    </Notice>
  );
}
