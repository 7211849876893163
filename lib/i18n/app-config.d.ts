import type { Messages } from './en';
import type { Locale } from './locales';

// Makes a wrong key of `t('…')` a type error (use-intl's own extension point).
declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
