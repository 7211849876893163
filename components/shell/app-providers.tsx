'use client';

import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { IntlProvider } from 'use-intl';
import { FlashProvider } from '@/components/ui/flash';
import type { Messages } from '@/lib/i18n/en';
import type { Locale } from '@/lib/i18n/locales';

type AppProvidersProps = {
  locale: Locale;
  messages: Messages;
  /** The server's time, so that both sides write the same words. */
  now: Date;
  children: ReactNode;
};

/** What every client component may rely on: words, the locale of the controls, flash messages. */
export function AppProviders({ locale, messages, now, children }: AppProvidersProps) {
  return (
    // Times are written in the browser's zone once it is known; until then the server can only know UTC.
    <IntlProvider locale={locale} messages={messages} now={now} timeZone="UTC">
      <I18nProvider locale={locale}>
        <FlashProvider>{children}</FlashProvider>
      </I18nProvider>
    </IntlProvider>
  );
}
