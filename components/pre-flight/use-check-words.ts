'use client';

import { useTranslations } from 'use-intl';
import { useFindingWords } from '@/components/diagnosis/use-finding-words';
import { type PreFlightCheck, REMEDIED_CODES } from '@/lib/diagnosis/pre-flight/check';

export type CheckWords = {
  title: string;
  state: string;
  sentence: string;
  /** Causes that the diagnosis names; each with its own steps. */
  causes: { sentence: string; steps: string[] }[];
  /** What to do, where no cause says more. */
  remedy: string | undefined;
};

/** The sentences of checks in the reader's language. */
export function useCheckWords() {
  const t = useTranslations('preflight');
  const remedyOf = useTranslations('diagnosis.remedy');
  const { cause } = useFindingWords();

  function wordsOf({ id, state, code, params, findings }: PreFlightCheck): CheckWords {
    const remedied = REMEDIED_CODES.find((known) => known === code);
    return {
      title: t(`check.${id}`),
      state: t(`state.${state}`),
      sentence: t(`said.${code}`, params),
      causes: findings.map((finding) => ({
        sentence: cause(finding),
        steps: finding.remedy.map((step) => remedyOf(step)),
      })),
      remedy: findings.length > 0 || remedied === undefined ? undefined : t(`remedy.${remedied}`),
    };
  }

  /** The list as text for a ticket. */
  function reportOf(head: { about: string; verdict: string }, checks: readonly PreFlightCheck[]): string {
    const lines = checks
      .map(wordsOf)
      .flatMap(({ title, state, sentence, causes, remedy }) => [
        `- [${state}] ${title}: ${sentence}`,
        ...causes.flatMap((each) => [`    ${each.sentence}`, ...each.steps.map((step) => `    > ${step}`)]),
        ...(remedy === undefined ? [] : [`    > ${remedy}`]),
      ]);
    return [`${t('title')}: ${head.about}`, head.verdict, '', ...lines, ''].join('\n');
  }

  return { wordsOf, reportOf };
}
