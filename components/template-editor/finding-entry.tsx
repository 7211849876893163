'use client';

import { useTranslations } from 'use-intl';
import { useLintSentence } from '@/components/policy-editor/use-lint-sentence';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { TONE_TEXT } from '@/components/ui/tone';
import { ToneIcon } from '@/components/ui/tone-icon';
import type { TextPosition } from '@/lib/policy/json-text';
import { type FindingView, findingKey, type PlacedFinding } from './finding-key';
import { type MissingName, missingName } from './missing-name';
import { SEVERITY_TONES } from './severity';

type FindingEntryProps = {
  finding: PlacedFinding;
  /** In the template's text. */
  at: TextPosition | undefined;
  isShown: boolean;
  canCreate: (missing: MissingName) => boolean;
  onCreate: (missing: MissingName) => void;
  onFix: (finding: PlacedFinding) => void;
  onShow: (finding: PlacedFinding, view: FindingView) => void;
};

const VIEWS = ['visual', 'template', 'config'] as const;

/** One finding: what is the matter, what it means, its places, and what mends it. */
export function FindingEntry(props: FindingEntryProps) {
  const { finding, at, isShown, canCreate, onCreate, onFix, onShow } = props;
  const t = useTranslations('editor.finding');
  const { severity, written, range, fix } = finding;
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
            <Button aria-label={t('fixOf', { cause })} onPress={() => onFix(finding)} className={SMALL}>
              {t('fix')}
            </Button>
          )}
          {missing === undefined || !canCreate(missing) ? null : (
            <Button
              aria-label={t('createOf', { name: missing.name })}
              onPress={() => onCreate(missing)}
              className={SMALL}
            >
              {t('create')}
            </Button>
          )}
          {range === undefined
            ? null
            : VIEWS.map((view) => (
                <Button
                  key={view}
                  variant="quiet"
                  aria-label={t('showOf', { view: t(`show.${view}`), cause })}
                  onPress={() => onShow(finding, view)}
                  className="min-h-7! px-1.5! text-xs! text-accent!"
                >
                  {t(`show.${view}`)}
                </Button>
              ))}
          {at === undefined ? null : (
            <span className="font-mono text-xs wrap-anywhere text-ink-muted">
              {written} {at.line}:{at.column}
            </span>
          )}
        </div>
      </div>
    </li>
  );
}

const SMALL = 'min-h-7! px-2! text-xs!';
