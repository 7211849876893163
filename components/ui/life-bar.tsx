'use client';

import { useTranslations } from 'use-intl';
import { classNames } from './class-names';
import { type LifePhase, lifeAt } from './life';
import { TONE_FILL, TONE_TEXT, type Tone } from './tone';
import { ToneIcon } from './tone-icon';
import { useDuration } from './use-duration';
import { useNowMs } from './use-now';

const TONES: Record<LifePhase, Tone> = {
  'not-yet': 'danger',
  running: 'positive',
  ending: 'warning',
  over: 'danger',
};
const WORDS = { 'not-yet': 'notYet', running: 'running', ending: 'ending', over: 'over' } as const;

/** How much of a span has passed and how long it still lasts. `from` and `to` are ISO 8601. */
export function LifeBar({ from, to }: { from: string; to: string }) {
  const t = useTranslations('ui.life');
  const duration = useDuration();
  const life = lifeAt(Date.parse(from), Date.parse(to), useNowMs());
  const tone = TONES[life.phase];
  const percent = Math.round(life.used * 100);
  return (
    <span className="inline-flex w-full max-w-64 flex-col gap-1">
      <span className={classNames('inline-flex items-center gap-1 text-xs', TONE_TEXT[tone])}>
        {life.phase === 'running' ? null : <ToneIcon tone={tone} className="size-3.5" />}
        {t(WORDS[life.phase], { duration: duration(life.distanceMs) })}
      </span>
      <span
        role="img"
        aria-label={t('label', { percent: `${percent}%` })}
        className="block h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <span className={classNames('block h-full', TONE_FILL[tone])} style={{ width: `${percent}%` }} />
      </span>
    </span>
  );
}
