'use client';

import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { useLintSentence } from '@/components/policy-editor/use-lint-sentence';
import { Badge } from '@/components/ui/badge';
import { buttonStyle } from '@/components/ui/button-style';
import { classNames } from '@/components/ui/class-names';
import { TONE_TEXT } from '@/components/ui/tone';
import { ToneIcon } from '@/components/ui/tone-icon';
import { type FindingView, findingKey, type PlacedFinding } from './finding-key';
import { type MissingName, missingName } from './missing-name';
import { SEVERITY_TONES } from './severity';

export type FindingDeeds = {
  canCreate: (missing: MissingName) => boolean;
  onCreate: (missing: MissingName) => void;
  onFix: (finding: PlacedFinding) => void;
  /** The finding by its place in the list. */
  onShow: (index: number, view: FindingView) => void;
};

type FindingEntryProps = {
  /** Without its place in the text, so that it is drawn anew only when it says something else. */
  finding: PlacedFinding;
  index: number;
  /** "12:5" in the template's text; undefined where the finding is about something else. */
  at: string | undefined;
  isShown: boolean;
  deeds: FindingDeeds;
};

const VIEWS = ['visual', 'template', 'config'] as const;

/** One finding: what is the matter, what it means, its places, and what mends it. */
export const FindingEntry = memo(function FindingEntry(props: FindingEntryProps) {
  const { finding, index, at, isShown, deeds } = props;
  const t = useTranslations('editor.finding');
  const { severity, written, fix } = finding;
  const { cause, advice, attack } = useLintSentence()(finding);
  const tone = SEVERITY_TONES[severity];
  const missing = missingName(finding);
  return (
    <li
      data-finding={findingKey(finding)}
      tabIndex={-1}
      className={classNames(
        'flex scroll-m-24 items-start gap-2 px-4 py-2 text-sm -outline-offset-2',
        isShown && 'bg-accent-soft',
      )}
    >
      <ToneIcon tone={tone} className="mt-0.5 size-4" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="wrap-anywhere">
          <span className={classNames('font-medium', TONE_TEXT[tone])}>{t(`severity.${severity}`)}</span>{' '}
          {cause}
        </p>
        {attack === undefined ? null : (
          <p>
            <Badge tone={tone}>{t('attack', { name: attack })}</Badge>
          </p>
        )}
        <p className="text-xs wrap-anywhere text-ink-muted">{advice}</p>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-1 gap-y-1">
          {fix === undefined ? null : (
            <button
              type="button"
              aria-label={t('fixOf', { cause })}
              onClick={() => deeds.onFix(finding)}
              className={SMALL}
            >
              {t('fix')}
            </button>
          )}
          {missing === undefined || !deeds.canCreate(missing) ? null : (
            <button
              type="button"
              aria-label={t('createOf', { name: missing.name })}
              onClick={() => deeds.onCreate(missing)}
              className={SMALL}
            >
              {t('create')}
            </button>
          )}
          {at === undefined
            ? null
            : VIEWS.map((view) => (
                <button
                  key={view}
                  type="button"
                  aria-label={t('showOf', { view: t(`show.${view}`), cause })}
                  onClick={() => deeds.onShow(index, view)}
                  className={QUIET}
                >
                  {t(`show.${view}`)}
                </button>
              ))}
          {at === undefined ? null : (
            <span className="font-mono text-xs wrap-anywhere text-ink-muted">
              {written} {at}
            </span>
          )}
        </div>
      </div>
    </li>
  );
});

const SMALL = buttonStyle('secondary', 'min-h-7! px-2! text-xs!');
const QUIET = buttonStyle('quiet', 'min-h-7! px-1.5! text-xs! text-accent!');
