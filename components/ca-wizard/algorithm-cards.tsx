'use client';

import { useTranslations } from 'use-intl';
import { RadioCards } from '@/components/ui/radio-cards';
import { KEY_ALGORITHMS, type KeyAlgorithm } from '@/lib/pki/key-algorithm';

type AlgorithmCardsProps = { algorithm: KeyAlgorithm; onChange: (algorithm: KeyAlgorithm) => void };

/** The algorithms of a CA's key, each with what speaks for it. */
export function AlgorithmCards({ algorithm, onChange }: AlgorithmCardsProps) {
  const t = useTranslations('wizard.authority');
  return (
    <RadioCards
      label={t('algorithm')}
      help={t('algorithmHelp')}
      columns={3}
      value={algorithm}
      onChange={onChange}
      options={KEY_ALGORITHMS.toSorted(byAdvice).map((value) => ({
        value,
        label: t(`algorithmName.${value}`),
        description: t(`algorithmWhy.${value}`),
      }))}
    />
  );
}

/** The default comes first. */
const byAdvice = (one: string, other: string) => Number(other === 'P-256') - Number(one === 'P-256');
