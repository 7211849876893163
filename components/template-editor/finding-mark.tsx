'use client';

import { useTranslations } from 'use-intl';
import { classNames } from '@/components/ui/class-names';
import { TONE_TEXT } from '@/components/ui/tone';
import { ToneIcon } from '@/components/ui/tone-icon';
import { useWorkplace } from './editor-context';
import { FindingSentence } from './finding-sentence';
import { SEVERITY_TONES } from './severity';
import { isWithin } from './written-path';

type FindingMarkProps = {
  path: string;
  /** Of the place itself only; what lies deeper is marked there. */
  isExact?: boolean;
  className?: string;
};

/** What is wrong here, in the drawing itself: pressed, it leads to the list, where the fix is. */
export function FindingMark({ path, isExact = false, className }: FindingMarkProps) {
  const t = useTranslations('editor.finding');
  const { findings, showFinding } = useWorkplace();
  const here = findings.filter(({ written }) => (isExact ? written === path : isWithin(written, path)));
  const [first, ...others] = here;
  if (first === undefined) return null;
  const tone = SEVERITY_TONES[first.severity];
  return (
    <button
      type="button"
      onClick={() => showFinding(first)}
      className={classNames(
        'flex min-h-6 max-w-full min-w-0 items-start gap-1 rounded-sm text-left text-xs hover:underline',
        TONE_TEXT[tone],
        className,
      )}
    >
      <ToneIcon tone={tone} className="mt-0.5 size-3.5" />
      <span className="line-clamp-3 min-w-0 wrap-anywhere">
        <span className="font-medium">{t(`severity.${first.severity}`)}</span>{' '}
        <FindingSentence finding={first} />
        {others.length === 0 ? null : ` ${t('more', { count: others.length })}`}
      </span>
    </button>
  );
}
