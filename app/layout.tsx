import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { AppProviders } from '@/components/shell/app-providers';
import { MESSAGES } from '@/lib/i18n/messages';
import { getLocale, getTheme } from '@/lib/locale/preferences';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'JITP Console', template: '%s · JITP Console' },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: 'light dark' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A static page carries no nonce, and without its nonce no script runs: every page is made per request.
  await connection();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const locale = await getLocale();
  const theme = await getTheme();
  return (
    <html lang={locale} className={theme === 'system' ? undefined : theme}>
      <head>
        {/* react-aria gives this nonce to the style elements it inserts. */}
        <meta property="csp-nonce" content={nonce} />
      </head>
      <body>
        <AppProviders locale={locale} messages={MESSAGES[locale]} now={new Date()}>
          {children}
        </AppProviders>
      </body>
    </html>
  );
}
