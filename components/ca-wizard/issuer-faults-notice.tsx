'use client';

import { useLocale, useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { IssuerFault } from '@/lib/pki/issuer-chain';

/** What is wrong above a CA: AWS does not look there, but OpenSSL and other verifiers do. */
export function IssuerFaultsNotice({ faults }: { faults: readonly IssuerFault[] }) {
  const t = useTranslations('hierarchy.issuerFault');
  const locale = useLocale();
  if (faults.length === 0) return null;
  const day = (iso: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(iso));
  return (
    <Notice tone="warning" role="alert" title={t('title')}>
      <ul className="list-disc space-y-1 pl-5">
        {faults.map((fault) => (
          <li key={`${fault.kind} ${fault.subject}`}>
            {fault.kind === 'issuer-expired'
              ? t('issuer-expired', { subject: fault.subject, date: day(fault.notAfter) })
              : t(fault.kind, { ...fault })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
