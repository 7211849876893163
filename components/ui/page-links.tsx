'use client';

import { ChevronRight, ChevronsLeft } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'use-intl';
import { LinkButton } from './link-button';

type PageLinksProps = {
  /** The page after this one; undefined on the last. */
  nextHref: Route | undefined;
  /** The first page, when this is not it. */
  firstHref?: Route | undefined;
};

/** Pages by token: one can go on, or begin again. There are no numbers and no total to show. */
export function PageLinks({ nextHref, firstHref }: PageLinksProps) {
  const t = useTranslations('ui');
  if (nextHref === undefined && firstHref === undefined) return null;
  return (
    <nav aria-label={t('pages')} className="flex justify-end gap-2 border-t border-line px-4 py-2">
      {firstHref === undefined ? null : (
        <LinkButton href={firstHref} icon={<ChevronsLeft aria-hidden />}>
          {t('firstPage')}
        </LinkButton>
      )}
      {nextHref === undefined ? null : (
        <LinkButton href={nextHref}>
          {t('nextPage')}
          <ChevronRight aria-hidden />
        </LinkButton>
      )}
    </nav>
  );
}
