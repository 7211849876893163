'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { Clients } from './outcome';

/** Who the device could connect as; every name but its own is somebody else's. */
export function ClientsNotice({ clients }: { clients: Clients }) {
  const t = useTranslations('dry-run.client');
  if (clients.kind === 'unknown') {
    return <Notice tone="neutral" title={t('unknown', { names: clients.policyNames.join(', ') })} />;
  }
  const { clientIds, patterns } = clients;
  if (patterns.includes('*')) return <Notice tone="warning" title={t('any')} />;
  if (patterns.length > 0) {
    return <Notice tone="warning" title={t('pattern', { patterns: patterns.join(', ') })} />;
  }
  if (clientIds.length === 0) return <Notice tone="warning" title={t('none')} />;
  return <Notice tone="positive" title={t('only', { names: clientIds.join(', ') })} />;
}
