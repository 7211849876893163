'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { Tone } from '@/components/ui/tone';
import { type FirstConnectFacts, type FirstConnectPhase, firstConnect } from '@/lib/registry/first-connect';

const TONES: Record<FirstConnectPhase, Tone> = {
  awaiting: 'info',
  provisioning: 'info',
  'by-hand': 'warning',
  pending: 'info',
  active: 'positive',
  stopped: 'danger',
  gone: 'danger',
  unread: 'warning',
};

/** What is going on and what to do now; announced when it changes. */
export function PhaseNotice({ facts }: { facts: FirstConnectFacts }) {
  const t = useTranslations('device.phase');
  const statusWord = useTranslations('status.certificate');
  const { phase, rungs } = firstConnect(facts);
  const isBare = phase === 'active' && rungs.some(({ id, state }) => id === 'policy' && state === 'missing');
  const said = isBare ? 'bare' : phase;
  const status = facts.status === 'absent' || facts.status === 'unread' ? '' : statusWord(facts.status);
  return (
    <Notice tone={isBare ? 'warning' : TONES[phase]} role="status" title={t(`${said}.title`, { status })}>
      <p>{t(`${said}.text`)}</p>
    </Notice>
  );
}
