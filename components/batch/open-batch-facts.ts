/**
 * An unfinished batch as the page shows it: plain data that travels from the server to the browser.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';
import {
  KEY_ORIGINS,
  type KeyOrigin,
  PASSPHRASE_RULES,
  type PassphraseRule,
} from '@/lib/batch/batch-settings';

export type OpenBatchFacts = {
  batch: string;
  caId: string;
  devices: number;
  reserved: number;
  operatorName: string;
  /** Only who began it can go on with it. */
  isOwn: boolean;
  passphraseRule: PassphraseRule;
  keyOrigin: KeyOrigin;
  hasPkcs12: boolean;
  /** ISO 8601. */
  createdAt: string;
};

/** A page of them. */
export type OpenBatchList = {
  batches: readonly OpenBatchFacts[];
  /** Of all pages. */
  count: number;
  olderHref: Route | undefined;
  newestHref: Route | undefined;
};

type Row = {
  id: string;
  caId: string;
  devices: number;
  reserved: number;
  operatorId: string;
  operatorName: string;
  settings: unknown;
  createdAt: Date;
};

const settingsInRow = z.object({
  formats: z.array(z.string()),
  passphraseRule: z.enum(PASSPHRASE_RULES),
  keyOrigin: z.enum(KEY_ORIGINS).catch('console'),
});

export function toOpenBatchFacts(row: Row, operatorId: string): OpenBatchFacts {
  const { id, caId, devices, reserved, operatorName, createdAt } = row;
  const settings = settingsInRow.safeParse(row.settings);
  return {
    batch: id,
    caId,
    devices,
    reserved,
    operatorName,
    isOwn: row.operatorId === operatorId,
    passphraseRule: settings.data?.passphraseRule ?? 'none',
    keyOrigin: settings.data?.keyOrigin ?? 'console',
    hasPkcs12: settings.data?.formats.includes('pkcs12') ?? false,
    createdAt: createdAt.toISOString(),
  };
}
