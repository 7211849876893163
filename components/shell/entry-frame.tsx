'use client';

import { type ReactNode, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { classNames } from '@/components/ui/class-names';
import { FlashRegion } from '@/components/ui/flash';
import { pkiClient } from '@/lib/browser/pki-client';
import type { Theme } from '@/lib/i18n/themes';
import { InsecureContextNotice } from './insecure-context-notice';
import { PreferenceMenus, type SetPreferences } from './preference-menus';
import { CONTENT_ID } from './skip-link';

type EntryFrameProps = {
  theme: Theme;
  setPreferences: SetPreferences;
  /** For more than a form. */
  isWide?: boolean;
  children: ReactNode;
};

/** What stands around the pages that nobody has to be signed in for; brings `main`. */
export function EntryFrame({ theme, setPreferences, isWide = false, children }: EntryFrameProps) {
  const t = useTranslations('shell');
  // Whoever is sent here without a new document, as after the session has expired, leaves no unlocked key behind.
  useEffect(() => pkiClient().terminate(), []);
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex min-h-12 items-center border-b border-line bg-surface px-4 print:hidden">
        <span className="font-semibold">{t('product')}</span>
        <div className="ml-auto flex">
          <PreferenceMenus theme={theme} setPreferences={setPreferences} />
        </div>
      </header>
      <main
        id={CONTENT_ID}
        className={classNames(
          'mx-auto flex w-full flex-1 flex-col gap-4 px-4',
          isWide ? 'max-w-6xl py-6' : 'max-w-md py-10 sm:py-16',
        )}
      >
        <InsecureContextNotice />
        <FlashRegion />
        {children}
      </main>
    </div>
  );
}
