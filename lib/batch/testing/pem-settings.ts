import type { BatchSettings } from '@/lib/batch/batch-settings';

/** The least of a batch: one format, nothing under a passphrase. */
export const PEM_SETTINGS: BatchSettings = {
  keyOrigin: 'console',
  algorithm: 'P-256',
  validityDays: 1,
  formats: ['pem'],
  pkcs12Mac: 'SHA-256',
  layout: 'flat',
  passphraseRule: 'none',
};
