'use client';

import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from './button';
import { TimeAgo } from './time-ago';
import { useRefresh } from './use-refresh';

/** Reads the page's data again and shows how old it is. */
export function RefreshButton({ readAt }: { readAt: string }) {
  const t = useTranslations('ui');
  const { toldRefresh, isReading } = useRefresh();
  return (
    <span className="inline-flex items-center gap-2 text-xs text-ink-muted">
      <span>{t.rich('readAt', { time: () => <TimeAgo at={readAt} /> })}</span>
      <Button
        variant="quiet"
        isPending={isReading}
        onPress={() => void toldRefresh()}
        icon={<RefreshCw aria-hidden />}
      >
        {t('refresh')}
      </Button>
    </span>
  );
}
