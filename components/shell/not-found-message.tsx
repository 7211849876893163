'use client';

import { useTranslations } from 'use-intl';
import { LinkButton } from '@/components/ui/link-button';
import { MessagePage } from './message-page';

export function NotFoundMessage() {
  const t = useTranslations('shell.notFound');
  return (
    <MessagePage title={t('title')} body={t('body')}>
      <LinkButton href="/">{t('home')}</LinkButton>
    </MessagePage>
  );
}
