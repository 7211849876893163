import type { DeviceFormat } from '@/lib/pki/formats/device-format';
import type { Pkcs12Mac } from '@/lib/pki/formats/pkcs12';
import type { KeyAlgorithm } from '@/lib/pki/key-algorithm';

/** `common`: one for all devices, typed by the person; `own`: each device has its own, made here; `none`: no format needs one. */
export const PASSPHRASE_RULES = ['none', 'common', 'own'] as const;
export type PassphraseRule = (typeof PASSPHRASE_RULES)[number];

export const BATCH_LAYOUTS = ['folders', 'flat'] as const;

/** Whose keys the certificates are for: made here, or brought as signing requests. */
export const KEY_ORIGINS = ['console', 'device'] as const;
export type KeyOrigin = (typeof KEY_ORIGINS)[number];

/** Names a profile as it was when somebody chose it. */
export type ProfileKey = { id: string; version: number };

/** How the devices of a batch are made and written out. Nothing of it is secret. */
export type BatchSettings = {
  keyOrigin: KeyOrigin;
  /** Of keys that are made here. */
  algorithm: KeyAlgorithm;
  /** Whole days from when the batch is begun, or resumed for what is missing: all devices of one run end together. */
  validityDays: number;
  formats: readonly DeviceFormat[];
  pkcs12Mac: Pkcs12Mac;
  layout: (typeof BATCH_LAYOUTS)[number];
  passphraseRule: PassphraseRule;
  /** Undefined: none was chosen. */
  profile?: ProfileKey | undefined;
  /** The batch whose devices it issues again: those of them that nobody could confirm are replaced once it is delivered. */
  reissueOf?: string | undefined;
};
