import 'server-only';
import { createTranslator } from 'use-intl/core';
import type { Messages } from '@/lib/i18n/en';
import { MESSAGES } from '@/lib/i18n/messages';
import { getLocale } from './preferences';

/** The translator of one area for server components: `const t = await getTranslations('ca'); t('title')`. */
export async function getTranslations<Area extends keyof Messages>(area: Area) {
  const locale = await getLocale();
  return createTranslator<Messages, Area>({ locale, messages: MESSAGES[locale], namespace: area });
}
