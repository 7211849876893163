'use client';

import { useTranslations } from 'use-intl';
import type { KeyOrigin } from '@/lib/batch/batch-settings';

/** Reads PKCS #12 as it is made here and writes it for programs that know 3DES alone. */
const LEGACY_LINE = 'openssl pkcs12 -in NAME.p12 -nodes | openssl pkcs12 -export -legacy -out NAME-3des.p12';

/** The README of a batch in the person's language. */
export function useBatchReadme(): (batch: { hasPkcs12: boolean; keyOrigin: KeyOrigin }) => string {
  const t = useTranslations('batch.readme');
  return ({ hasPkcs12, keyOrigin }) => {
    const paragraphs = [
      t('title'),
      t('files'),
      t('connect'),
      t('manifest'),
      t(keyOrigin === 'console' ? 'care' : 'careKeyless'),
      ...(hasPkcs12 ? [t('legacy'), LEGACY_LINE] : []),
    ];
    return `${paragraphs.join('\n\n')}\n`;
  };
}
