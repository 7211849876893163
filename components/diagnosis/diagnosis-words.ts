import type { useTranslations } from 'use-intl';
import type { Evidence, Source } from '@/lib/diagnosis/known';

/** The words of this area, for functions that are called by components. */
export type DiagnosisTranslator = ReturnType<typeof useTranslations<'diagnosis'>>;

const OWN_SOURCES = ['given', 'settings', 'ledger', 'dry-run'] as const satisfies readonly Source[];

/** Who said it; AWS by the name of the call. */
export function evidenceWords(t: DiagnosisTranslator, { source }: Evidence): string {
  const own = OWN_SOURCES.find((candidate) => candidate === source);
  return own === undefined ? t('evidence.aws', { call: source }) : t(`evidence.${own}`);
}
