'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import type { Tone } from '@/components/ui/tone';
import { ToneIcon } from '@/components/ui/tone-icon';
import type { PolicyLint, Severity } from '@/lib/policy/lint/policy-finding';
import { usePolicyLintSentence } from './use-lint-sentence';

const TONES: Record<Severity, Tone> = { error: 'danger', warning: 'warning', info: 'info' };

type LintListProps = {
  findings: readonly PolicyLint[];
  onFix: (finding: PolicyLint) => void;
  onShow: (finding: PolicyLint) => void;
};

/** Findings with what they mean, and the buttons that mend them or show the place. */
export function LintList({ findings, onFix, onShow }: LintListProps) {
  const t = useTranslations('policy-editor.lint');
  const sentenceOf = usePolicyLintSentence();
  if (findings.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {findings.map((finding) => {
        const { id, severity, fix, path } = finding;
        const { cause, advice, attack } = sentenceOf(finding);
        return (
          <li key={`${id} ${path.join('.')} ${cause}`} className="flex gap-2 text-sm">
            <ToneIcon tone={TONES[severity]} className="mt-0.5 size-4" />
            <div className="flex min-w-0 flex-1 flex-col gap-0.5">
              <p className="font-medium wrap-anywhere">
                <span className="sr-only">{t(`severity.${severity}`)}: </span>
                {cause}
              </p>
              {attack === undefined ? null : (
                <p>
                  <Badge tone={TONES[severity]}>{t('attack', { name: attack })}</Badge>
                </p>
              )}
              <p className="text-xs text-ink-muted wrap-anywhere">{advice}</p>
              <p className="flex flex-wrap gap-1">
                {fix === undefined ? null : (
                  <Button aria-label={t('fixOf', { cause })} onPress={() => onFix(finding)}>
                    {t('fix')}
                  </Button>
                )}
                <Button variant="quiet" aria-label={t('showOf', { cause })} onPress={() => onShow(finding)}>
                  {t('show')}
                </Button>
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
