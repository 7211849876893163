/** The languages of the console, as BCP 47 tags; the first is the source of every other and the fallback. */
export const LOCALES = ['en', 'ja', 'zh-CN'] as const;

export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = 'en';

/** Each language by its own name: who looks for it may not read the current one. */
export const LOCALE_NAMES: Record<Locale, string> = { en: 'English', ja: '日本語', 'zh-CN': '简体中文' };

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
