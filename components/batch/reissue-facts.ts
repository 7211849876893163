/**
 * Issuing devices of a batch again whose bundles nobody could confirm: what the page is told.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import { BATCH_LAYOUTS, KEY_ORIGINS, PASSPHRASE_RULES } from '@/lib/batch/batch-settings';
import { DEVICE_FORMATS } from '@/lib/pki/formats/device-format';
import { PKCS12_MACS } from '@/lib/pki/formats/pkcs12';
import { KEY_ALGORITHMS } from '@/lib/pki/key-algorithm';
import { VALIDITY_DAYS_MAX, VALIDITY_DAYS_MIN } from '@/lib/pki/validity';

/** What is left of a batch's settings that an older or newer console wrote: each that cannot be read is left out. */
const settingsInRow = z.object({
  keyOrigin: z.enum(KEY_ORIGINS).catch('console'),
  algorithm: z.enum(KEY_ALGORITHMS).optional().catch(undefined),
  validityDays: z.int().min(VALIDITY_DAYS_MIN).max(VALIDITY_DAYS_MAX).optional().catch(undefined),
  formats: z.array(z.enum(DEVICE_FORMATS)).min(1).optional().catch(undefined),
  pkcs12Mac: z.enum(PKCS12_MACS).optional().catch(undefined),
  layout: z.enum(BATCH_LAYOUTS).optional().catch(undefined),
  passphraseRule: z.enum(PASSPHRASE_RULES).optional().catch(undefined),
  profile: z.object({ id: z.string() }).optional().catch(undefined),
});

export type FormerSettings = z.output<typeof settingsInRow>;

export const formerSettings = (stored: unknown): FormerSettings =>
  settingsInRow.safeParse(stored).data ?? { keyOrigin: 'console' };

export type ReissueFacts = {
  batch: string;
  /** How many of its devices are not confirmed, of those that were picked. */
  devices: number;
  /** Of these AWS has seen so many: somebody has their bundles. */
  seen: number;
  /** The person picked some of the batch. */
  isPicked: boolean;
  settings: FormerSettings;
  /** The batch's own page. */
  href: Route;
  /** Where the subjects of its devices are. */
  subjectsUrl: string;
  /** Where names are asked for; those of the batch itself do not count as taken. */
  namesUrl: string;
};
