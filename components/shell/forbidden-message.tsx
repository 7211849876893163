'use client';

import { useTranslations } from 'use-intl';
import { LinkButton } from '@/components/ui/link-button';
import { MessagePage } from './message-page';

export function ForbiddenMessage() {
  const t = useTranslations('shell.forbidden');
  return (
    <MessagePage title={t('title')} body={t('body')}>
      <LinkButton href="/">{t('home')}</LinkButton>
    </MessagePage>
  );
}
