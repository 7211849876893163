'use client';

import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { FailureNotice } from '@/components/ui/failure-notice';
import { useRefresh } from '@/components/ui/use-refresh';
import type { Failure } from '@/lib/failure';

/** The page was read again and AWS did not tell of the CA: what it shows is older, and what runs is not touched. */
export function CaAsBefore({ failure }: { failure: Failure }) {
  const t = useTranslations('batch');
  const ui = useTranslations('ui');
  const { toldRefresh, isReading } = useRefresh();
  return (
    <>
      <FailureNotice failure={failure} />
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-sm">{t('caAsBefore')}</p>
        <Button isPending={isReading} onPress={() => void toldRefresh()} icon={<RefreshCw aria-hidden />}>
          {ui('refresh')}
        </Button>
      </div>
    </>
  );
}
