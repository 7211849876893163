'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { Tone } from '@/components/ui/tone';
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import type { FirstConnectPhase } from '@/lib/registry/first-connect';

const TONES: Record<FirstConnectPhase, Tone> = {
  awaiting: 'info',
  provisioning: 'info',
  'by-hand': 'warning',
  active: 'positive',
  stopped: 'danger',
};

/** What is going on and what to do now; announced when it changes. */
export function PhaseNotice({
  phase,
  status,
}: {
  phase: FirstConnectPhase;
  status: CertificateStatus | undefined;
}) {
  const t = useTranslations('device.phase');
  const statusWord = useTranslations('status.certificate');
  const word = status === undefined ? '' : statusWord(status);
  return (
    <Notice tone={TONES[phase]} role="status" title={t(`${phase}.title`, { status: word })}>
      <p>{t(`${phase}.text`)}</p>
    </Notice>
  );
}
