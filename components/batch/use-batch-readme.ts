'use client';

import { useTranslations } from 'use-intl';
import type { KeyOrigin, PassphraseRule } from '@/lib/batch/batch-settings';
import type { PassphraseListPlace } from '@/lib/browser/batch/batch.protocol';
import type { BatchStart } from './use-batch-run';

/** Reads PKCS #12 as it is made here and writes it for programs that know 3DES alone. */
const LEGACY_LINE = 'openssl pkcs12 -in NAME.p12 -nodes | openssl pkcs12 -export -legacy -out NAME-3des.p12';

const PASSPHRASES = { apart: 'passphrasesApart', inside: 'passphrasesInside' } as const;

type ReadmeFacts = {
  hasPkcs12: boolean;
  keyOrigin: KeyOrigin;
  passphraseRule: PassphraseRule;
  passphraseList: PassphraseListPlace;
};

/** The README of a batch in the person's language. */
export function useBatchReadme(): (batch: ReadmeFacts) => BatchStart['readme'] {
  const t = useTranslations('batch.readme');
  return (batch) => (place) => {
    const { hasPkcs12, keyOrigin, passphraseRule, passphraseList } = batch;
    const paragraphs = [
      t('title'),
      t('files'),
      t('endpoint', { host: place.host, port: String(place.port) }),
      t('connect'),
      t('manifest'),
      t(keyOrigin === 'console' ? 'care' : 'careKeyless'),
      ...(passphraseRule === 'own' ? [t(PASSPHRASES[passphraseList])] : []),
      ...(hasPkcs12 ? [t('legacy'), LEGACY_LINE] : []),
    ];
    return `${paragraphs.join('\n\n')}\n`;
  };
}
