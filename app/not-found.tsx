import { MessagePage } from '@/components/shell/message-page';
import { LinkButton } from '@/components/ui/link-button';
import { getTranslations } from '@/lib/locale/get-translations';

export default async function NotFound() {
  const t = await getTranslations('shell');
  return (
    <MessagePage title={t('notFound.title')} body={t('notFound.body')}>
      <LinkButton href="/">{t('notFound.home')}</LinkButton>
    </MessagePage>
  );
}
