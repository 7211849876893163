'use client';

import { useTranslations } from 'use-intl';
import { classNames } from '@/components/ui/class-names';
import { POLICY_CHARACTERS_MAX, policyCharacters } from '@/lib/policy/policy-document';

/** Our choice, as in the lint: from here on one more statement may not fit. */
const NEAR_LIMIT = 0.9;

/** How much of AWS's limit the policy uses. */
export function SizeMeter({ document }: { document: string }) {
  const t = useTranslations('policy-editor.size');
  const characters = policyCharacters(document);
  const max = POLICY_CHARACTERS_MAX;
  const share = Math.min(characters / max, 1);
  const isOver = characters > max;
  return (
    <div className="flex min-w-40 flex-col gap-1 text-xs text-ink-muted" title={t('note')}>
      <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-sunken">
        <div
          className={classNames(
            'h-full origin-left',
            isOver ? 'bg-danger' : share >= NEAR_LIMIT ? 'bg-warning' : 'bg-accent',
          )}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <span className={classNames('tabular-nums', isOver && 'font-semibold text-danger')}>
        <span className="sr-only">{t('label')}: </span>
        {t('text', { characters, max })}
      </span>
    </div>
  );
}
