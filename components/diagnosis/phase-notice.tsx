'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { Tone } from '@/components/ui/tone';
import type { DeviceDiagnosis } from '@/lib/diagnosis/device-diagnosis';
import type { FirstConnectPhase } from '@/lib/registry/first-connect';

const TONES: Record<FirstConnectPhase, Tone> = {
  awaiting: 'info',
  provisioning: 'info',
  'by-hand': 'warning',
  pending: 'info',
  'without-ca': 'warning',
  active: 'positive',
  stopped: 'danger',
  gone: 'danger',
  unread: 'warning',
};

/** Where the device stands, for while no cause is to be named; announced when it changes. */
export function PhaseNotice({ device }: { device: DeviceDiagnosis }) {
  const t = useTranslations('diagnosis.phase');
  const statusWord = useTranslations('status.certificate');
  const { phase, connection } = device.diagnosis.ladder;
  const isOnline = phase === 'active' && connection.state === 'connected';
  const status = device.status === undefined || device.status === 'absent' ? '' : statusWord(device.status);
  return (
    <Notice tone={TONES[phase]} role="status" title={t(`${isOnline ? 'online' : phase}.title`, { status })}>
      <p>{t(`${isOnline ? 'online' : phase}.text`)}</p>
    </Notice>
  );
}
