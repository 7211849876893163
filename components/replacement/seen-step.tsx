'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { StatusBadge } from '@/components/ui/status-badge';
import { useNowMs } from '@/components/ui/use-now';
import type { ReplacementProps } from './replacement-facts';

/** Whether the device came with its new certificate, as far as that can be known. */
export function SeenStep({ old, next: { sighting } }: ReplacementProps) {
  const t = useTranslations('hierarchy.replacement.seen');
  const format = useFormatter();
  const nowMs = useNowMs();
  const isSeen = sighting.kind === 'connected' || sighting.kind === 'thing';
  function sentence(): string {
    if (sighting.kind !== 'thing') return t(sighting.kind);
    const when = format.relativeTime(new Date(sighting.at), new Date(Math.max(nowMs, 0)));
    return t(old.status === 'ACTIVE' ? 'thing' : 'thingOnly', { when });
  }
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-2 text-sm">
        <StatusBadge tone={isSeen ? 'positive' : 'neutral'}>{sentence()}</StatusBadge>
        {isSeen ? null : <p className="max-w-prose text-ink-muted">{t('text')}</p>}
      </div>
    </Card>
  );
}
