import type { useTranslations } from 'use-intl';

/** The words of this area; the page makes it on the server and hands it to what it renders there. */
export type OverviewTranslator = ReturnType<typeof useTranslations<'overview'>>;
