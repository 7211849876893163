import type { useTranslations } from 'use-intl';

/** The words of this area; pages make it on the server and hand it to what they render there. */
export type LedgerTranslator = ReturnType<typeof useTranslations<'ledger-work'>>;
