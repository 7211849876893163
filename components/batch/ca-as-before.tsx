'use client';

import { RefreshCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { FailureNotice } from '@/components/ui/failure-notice';
import type { Failure } from '@/lib/failure';

/** The page was read again and AWS did not tell of the CA: what it shows is older, and what runs is not touched. */
export function CaAsBefore({ failure }: { failure: Failure }) {
  const t = useTranslations('batch');
  const ui = useTranslations('ui');
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <>
      <FailureNotice failure={failure} />
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-sm">{t('caAsBefore')}</p>
        <Button
          isPending={isPending}
          onPress={() => startTransition(() => router.refresh())}
          icon={<RefreshCw aria-hidden />}
        >
          {ui('refresh')}
        </Button>
      </div>
    </>
  );
}
