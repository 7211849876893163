'use client';

import { useTranslations } from 'use-intl';
import { Id } from '@/components/ui/id';

/** What ledger and audit log know the manifest of a batch by. */
export function RunDigest({ sha256 }: { sha256: string }) {
  const t = useTranslations('batch.run');
  return (
    <div className="flex flex-col gap-1 text-sm">
      <span className="text-ink-muted">{t('digest')}</span>
      <Id value={sha256} label={t('digest')} isWhole />
    </div>
  );
}
