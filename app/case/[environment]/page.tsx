import type { Metadata } from 'next';
import { OpenCase } from '@/components/case-card/open-case';
import { requirePermission } from '@/lib/auth/require-permission';
import { getTranslations } from '@/lib/locale/get-translations';
import { openCase } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('case');
  return { title: t('title') };
}

/** For whoever has a link. What it opens is asked for by the page, because the token is in the fragment, which no server sees. */
export default async function CasePage({ params }: PageProps<'/case/[environment]'>) {
  const { environment } = await params;
  await requirePermission('case-link:open');
  return <OpenCase environment={environment} open={openCase} />;
}
