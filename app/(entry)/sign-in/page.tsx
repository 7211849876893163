import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/entry/sign-in-form';
import { Notice } from '@/components/ui/notice';
import { hasOperators } from '@/lib/auth/operators';
import { localPath } from '@/lib/auth/request-path';
import { requirePermission } from '@/lib/auth/require-permission';
import { getTranslations } from '@/lib/locale/get-translations';
import { signInOperator } from './actions';

export async function generateMetadata() {
  const t = await getTranslations('entry');
  return { title: t('signIn.title') };
}

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const operator = await requirePermission('session:create');
  const { next } = await searchParams;
  const nextPath = localPath(typeof next === 'string' ? next : undefined);
  if (operator) redirect(nextPath as Route);
  const t = await getTranslations('entry');
  return (
    <>
      <h1 className="text-xl font-semibold">{t('signIn.title')}</h1>
      {(await hasOperators()) ? null : (
        <Notice tone="info" title={t('signIn.noOperators')}>
          <p>{t('signIn.noOperatorsNext')}</p>
        </Notice>
      )}
      <SignInForm signIn={signInOperator} nextPath={nextPath} />
    </>
  );
}
