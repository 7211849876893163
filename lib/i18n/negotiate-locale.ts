import { DEFAULT_LOCALE, isLocale, LOCALES, type Locale } from './locales';

/** No browser sends more; a longer header is cut, not refused, because it only chooses a language. */
const ACCEPT_LANGUAGE_CHARS_MAX = 1024;

type LanguageRange = { tag: string; quality: number };

/**
 * Chooses the locale: what the person set, else the best match of `Accept-Language` (RFC 9110 §12.5.4, basic
 * filtering by primary language, RFC 4647 §3.3.1), else English. Traditional Chinese is not Simplified Chinese: zh-TW,
 * zh-HK and zh-Hant do not match.
 */
export function negotiateLocale(
  chosen: string | undefined,
  acceptLanguage: string | null | undefined,
): Locale {
  if (isLocale(chosen)) return chosen;
  for (const { tag } of languageRanges(acceptLanguage ?? '')) {
    const locale = matchLocale(tag);
    if (locale) return locale;
  }
  return DEFAULT_LOCALE;
}

function languageRanges(header: string): LanguageRange[] {
  return header
    .slice(0, ACCEPT_LANGUAGE_CHARS_MAX)
    .split(',')
    .map(languageRange)
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality);
}

function languageRange(text: string): LanguageRange {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => /^q=/i.test(parameter));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return { tag: tag.toLowerCase(), quality: Number.isFinite(quality) ? quality : 0 };
}

function matchLocale(tag: string): Locale | undefined {
  if (/^zh-(hant|tw|hk|mo)\b/.test(tag)) return undefined;
  const language = tag.split('-', 1)[0];
  return LOCALES.find((locale) => locale.split('-', 1)[0] === language);
}
