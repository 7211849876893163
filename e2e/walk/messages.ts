import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Messages } from '@/lib/i18n/en';
import type { Locale } from '@/lib/i18n/locales';

const FOLDER = path.resolve(import.meta.dirname, '../../messages');

/** All words of a language, by area. Read as files, since Node imports JSON in another way than the console's bundler. */
export function messagesOf(locale: Locale): Messages {
  const areas = readdirSync(path.join(FOLDER, locale));
  return Object.fromEntries(
    areas.map((area) => [
      area.replace('.json', ''),
      JSON.parse(readFileSync(path.join(FOLDER, locale, area), 'utf8')),
    ]),
  ) as Messages;
}
