'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { MessagePage } from './message-page';

/** What is shown where a page crashed; `reference` is the digest under which the server logged it. */
export function CrashedPage({ reference, retry }: { reference: string | undefined; retry: () => void }) {
  const t = useTranslations('shell.error');
  return (
    <MessagePage title={t('title')} body={t('body')}>
      {reference === undefined ? null : (
        <p className="flex flex-wrap items-center gap-2 text-sm">
          {t('reference')}: <span className="font-mono">{reference}</span>
          <CopyButton text={reference} what={t('reference')} />
        </p>
      )}
      <Button variant="primary" onPress={retry}>
        {t('retry')}
      </Button>
    </MessagePage>
  );
}
