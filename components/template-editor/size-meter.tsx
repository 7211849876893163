'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { classNames } from '@/components/ui/class-names';

/** The same share from which on the lint speaks up. */
const NEAR_LIMIT = 0.9;

type SizeMeterProps = { label: string; characters: number; max: number };

/** How full a limit of AWS's is. */
export function SizeMeter({ label, characters, max }: SizeMeterProps) {
  const t = useTranslations('editor.size');
  const format = useFormatter();
  const share = characters / max;
  const tone = share > 1 ? 'bg-danger' : share >= NEAR_LIMIT ? 'bg-warning' : 'bg-accent';
  return (
    <span className="flex min-w-0 items-center gap-2 text-xs">
      <span className="whitespace-nowrap text-ink-muted">{label}</span>
      <span
        aria-hidden
        className="hidden h-1.5 w-16 shrink-0 overflow-hidden rounded-full bg-sunken sm:block"
      >
        <span
          className={classNames('block h-full rounded-full', tone)}
          style={{ width: `${Math.min(share, 1) * 100}%` }}
        />
      </span>
      <span
        className={classNames('whitespace-nowrap tabular-nums', share > 1 && 'font-semibold text-danger')}
      >
        {t('of', { characters: format.number(characters), max: format.number(max) })}
      </span>
    </span>
  );
}
