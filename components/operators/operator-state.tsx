'use client';

import { useTranslations } from 'use-intl';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Tone } from '@/components/ui/tone';

const TONES = { active: 'positive', invited: 'info', disabled: 'neutral' } as const satisfies Record<
  string,
  Tone
>;

/** Whether an operator can sign in. */
export function OperatorState({ state }: { state: keyof typeof TONES }) {
  const t = useTranslations('operators.stateOf');
  return <StatusBadge tone={TONES[state]}>{t(state)}</StatusBadge>;
}
