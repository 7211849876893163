'use client';

import { useLocale, useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { CaFault } from '@/lib/pki/check-ca';

/** What AWS would refuse about a CA certificate, and what it lets pass although it may bite. */
export function CaFaultsNotice({ faults }: { faults: readonly CaFault[] }) {
  const t = useTranslations('wizard.caFault');
  const locale = useLocale();
  if (faults.length === 0) return null;
  const isRefused = faults.some(({ severity }) => severity === 'error');
  const day = (iso: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(iso));
  return (
    <Notice
      tone={isRefused ? 'danger' : 'warning'}
      role="alert"
      title={isRefused ? t('refused') : t('accepted')}
    >
      <ul className="list-disc space-y-1 pl-5">
        {faults.map((fault) => (
          <li key={fault.kind}>{t(fault.kind, paramsOf(fault, day))}</li>
        ))}
      </ul>
    </Notice>
  );
}

function paramsOf(fault: CaFault, day: (iso: string) => string): Record<string, string | number> {
  if (fault.kind === 'ca-expired') return { date: day(fault.notAfter) };
  if (fault.kind === 'ca-not-yet-valid') return { date: day(fault.notBefore) };
  const { kind: _kind, severity: _severity, ...params } = fault;
  return params;
}
