'use client';

import { Languages, Monitor, Moon, Sun } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { Menu } from '@/components/ui/menu';
import { orNoAnswer } from '@/components/ui/no-answer';
import { useRefresh } from '@/components/ui/use-refresh';
import { useTellFailure } from '@/components/ui/use-tell-failure';
import type { Failure } from '@/lib/failure';
import { isLocale, LOCALE_NAMES, LOCALES, type Locale } from '@/lib/i18n/locales';
import { isTheme, THEMES, type Theme } from '@/lib/i18n/themes';
import type { Result } from '@/lib/result';

/** Keeps the choice for this browser; comes from `app/frame/actions.ts`. */
export type SetPreferences = (input: { locale?: Locale; theme?: Theme }) => Promise<Result<null, Failure>>;

const THEME_ICONS = { light: Sun, dark: Moon, system: Monitor } as const;

/** The language and the theme, each as a menu. */
export function PreferenceMenus({ theme, setPreferences }: { theme: Theme; setPreferences: SetPreferences }) {
  const t = useTranslations('shell');
  const locale = useLocale();
  const { toldRefresh } = useRefresh();
  const tell = useTellFailure();
  const ThemeIcon = THEME_ICONS[theme];

  async function set(preferences: Parameters<SetPreferences>[0]) {
    const kept = await orNoAnswer(setPreferences(preferences));
    if (kept.ok) await toldRefresh();
    else tell(kept.failure);
  }

  return (
    <>
      <Menu
        icon={<Languages aria-hidden />}
        label={LOCALE_NAMES[locale]}
        accessibleLabel={`${t('language')}: ${LOCALE_NAMES[locale]}`}
        entries={LOCALES.map((id) => ({ id, label: LOCALE_NAMES[id] }))}
        selectedId={locale}
        onAction={(id) => isLocale(id) && void set({ locale: id })}
      />
      <Menu
        icon={<ThemeIcon aria-hidden />}
        label={t(`theme.${theme}`)}
        accessibleLabel={`${t('theme.label')}: ${t(`theme.${theme}`)}`}
        entries={THEMES.map((id) => ({ id, label: t(`theme.${id}`) }))}
        selectedId={theme}
        onAction={(id) => isTheme(id) && void set({ theme: id })}
      />
    </>
  );
}
