import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { FlashProvider, FlashRegion } from '@/components/ui/flash';
import { en } from '@/lib/i18n/en';

/** What stands around every page: words, and the messages on top. */
export function InConsole({ now, children }: { now?: Date; children: ReactNode }) {
  return (
    <IntlProvider locale="en" messages={en} timeZone="UTC" {...(now && { now })}>
      <FlashProvider>
        <FlashRegion />
        {children}
      </FlashProvider>
    </IntlProvider>
  );
}
