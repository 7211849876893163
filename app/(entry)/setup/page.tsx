import { PasswordForm } from '@/components/entry/password-form';
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from '@/lib/auth/password-rules';
import { requirePermission } from '@/lib/auth/require-permission';
import { getTranslations } from '@/lib/locale/get-translations';
import { setUpFirstAdmin } from './actions';

export async function generateMetadata() {
  const t = await getTranslations('entry');
  return { title: t('setup.title') };
}

export default async function SetupPage() {
  await requirePermission('setup:complete');
  const t = await getTranslations('entry');
  return (
    <>
      <h1 className="text-xl font-semibold">{t('setup.title')}</h1>
      <p className="text-sm text-ink-muted">{t('setup.intro')}</p>
      <PasswordForm
        asksWho
        bounds={{ minimum: PASSWORD_CHARACTERS_MIN, maximum: PASSWORD_CHARACTERS_MAX }}
        submit={setUpFirstAdmin}
      />
    </>
  );
}
