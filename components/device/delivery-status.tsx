'use client';

import { useTranslations } from 'use-intl';
import { StatusBadge } from '@/components/ui/status-badge';

const TONES = {
  reserved: 'info',
  delivered: 'positive',
  'not-confirmed': 'warning',
  replaced: 'neutral',
  'given-up': 'neutral',
} as const;

/** Whether the bundle is known to have reached the person who issued it. */
export function DeliveryStatus({ delivery }: { delivery: keyof typeof TONES }) {
  const t = useTranslations('status.delivery');
  return <StatusBadge tone={TONES[delivery]}>{t(delivery)}</StatusBadge>;
}
