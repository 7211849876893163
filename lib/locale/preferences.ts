import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import type { Locale } from '@/lib/i18n/locales';
import { negotiateLocale } from '@/lib/i18n/negotiate-locale';
import { isTheme, type Theme } from '@/lib/i18n/themes';

export const LOCALE_COOKIE = 'locale';
export const THEME_COOKIE = 'theme';

/** The language of this request: the cookie, else `Accept-Language`, else English. */
export const getLocale = cache(async (): Promise<Locale> => {
  const [jar, head] = [await cookies(), await headers()];
  return negotiateLocale(jar.get(LOCALE_COOKIE)?.value, head.get('accept-language'));
});

/** The theme the person chose; `system` until they did. */
export async function getTheme(): Promise<Theme> {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(chosen) ? chosen : 'system';
}
