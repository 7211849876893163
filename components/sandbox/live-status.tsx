'use client';

import { Pause, Play } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Trouble } from './ask-console';
import type { LiveMode } from './use-live';

type LiveStatusProps = {
  mode: LiveMode;
  trouble: Trouble | undefined;
  setMode: (mode: LiveMode) => void;
};

/** Whether the page keeps up with the sandbox, and the button that stops and starts that. */
export function LiveStatus({ mode, trouble, setMode }: LiveStatusProps) {
  const t = useTranslations('sandbox.live');
  return (
    <>
      <span role="status" className="text-sm">
        {trouble === undefined || mode !== 'live' ? (
          <StatusBadge tone={mode === 'live' ? 'positive' : 'neutral'}>{t(mode)}</StatusBadge>
        ) : (
          <StatusBadge tone="danger">{t(trouble.kind === 'signed-out' ? 'signedOut' : 'lost')}</StatusBadge>
        )}
      </span>
      <Button
        icon={mode === 'live' ? <Pause aria-hidden /> : <Play aria-hidden />}
        onPress={() => setMode(mode === 'live' ? 'paused' : 'live')}
      >
        {t(mode === 'live' ? 'pause' : 'resume')}
      </Button>
    </>
  );
}
