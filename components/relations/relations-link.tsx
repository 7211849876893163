'use client';

import { useTranslations } from 'use-intl';
import { relationsHref } from '@/components/registry/hrefs';
import { LinkButton } from '@/components/ui/link-button';
import type { RelationSubject } from '@/lib/registry/relations';

type RelationsLinkProps = { environment: string; subject: RelationSubject; name: string };

/** Leads from a resource to the picture of what hangs on it. */
export function RelationsLink({ environment, subject, name }: RelationsLinkProps) {
  const t = useTranslations('relations');
  return <LinkButton href={relationsHref(environment, subject, name)}>{t('open')}</LinkButton>;
}
