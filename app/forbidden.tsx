import { MessagePage } from '@/components/shell/message-page';
import { LinkButton } from '@/components/ui/link-button';
import { getTranslations } from '@/lib/locale/get-translations';

// biome-ignore lint/style/noDefaultExport: Next asks for it in this file
export default async function Forbidden() {
  const t = await getTranslations('shell');
  return (
    <MessagePage title={t('forbidden.title')} body={t('forbidden.body')}>
      <LinkButton href="/">{t('forbidden.home')}</LinkButton>
    </MessagePage>
  );
}
