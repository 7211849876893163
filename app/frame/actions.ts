'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { signOut } from '@/lib/auth/sign-in';
import { settings } from '@/lib/config/settings';
import { LOCALES } from '@/lib/i18n/locales';
import { THEMES } from '@/lib/i18n/themes';
import { LOCALE_COOKIE, THEME_COOKIE } from '@/lib/locale/preferences';
import { ok } from '@/lib/result';

/** A year: browsers keep no cookie longer than 400 days (RFC 6265bis §5.5). */
const MAX_AGE_S = 365 * 24 * 60 * 60;

/** Keeps the language and the theme in this browser. */
export const setPreferences = defineAction({
  name: 'preferences.set',
  permission: 'preferences:set',
  input: z.strictObject({ locale: z.enum(LOCALES).optional(), theme: z.enum(THEMES).optional() }),
  async run({ locale, theme }) {
    const jar = await cookies();
    const options = {
      httpOnly: true,
      sameSite: 'lax',
      secure: settings().baseUrl.protocol === 'https:',
      path: '/',
      maxAge: MAX_AGE_S,
    } as const;
    if (locale !== undefined) jar.set(LOCALE_COOKIE, locale, options);
    if (theme !== undefined) jar.set(THEME_COOKIE, theme, options);
    return ok(null);
  },
});

export const signOutOperator = defineAction({
  name: 'session.end',
  permission: 'session:end',
  input: z.undefined(),
  // Nobody has nothing to end, and is not to fill the audit log with it.
  admit: async (_input, { operator }) => (operator === undefined ? { kind: 'signed-out' } : undefined),
  async run() {
    await signOut();
    return ok(null);
  },
});
