'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { Notice } from '@/components/ui/notice';
import { useDuration } from '@/components/ui/use-duration';
import type { Passphrases } from '@/lib/browser/bundle-check/bundle-check.protocol';
import type { CheckedBatch, Unlocked } from './checked-batch';
import { UnlockForm } from './unlock-form';
import type { UnlockFault } from './use-check-batch';

type UnlockCardProps = {
  checked: CheckedBatch;
  fault: UnlockFault | undefined;
  onUnlock: (passphrases: Passphrases, devicesMax: number) => Promise<boolean>;
  onStop: () => void;
};

/** Opens what is under a passphrase, when somebody asks for it, and says of how many devices it was. */
export function UnlockCard({ checked, fault, onUnlock, onStop }: UnlockCardProps) {
  const t = useTranslations('check-batch.unlock');
  const { unlocked, counts, opened } = checked;
  const isRunning = unlocked?.state === 'running';
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-4 text-sm">
        <p className="text-ink-muted">{t('text', { count: counts.keysLocked })}</p>
        {unlocked === undefined ? null : <Opened unlocked={unlocked} locked={counts.keysLocked} />}
        {isRunning ? (
          <Running unlocked={unlocked} onStop={onStop} />
        ) : (
          <>
            {fault === undefined ? null : <FaultNotice fault={fault} />}
            {unlocked?.opened === counts.keysLocked ? null : (
              <UnlockForm locked={counts.keysLocked} hasList={opened.hasPassphrases} onUnlock={onUnlock} />
            )}
          </>
        )}
      </div>
    </Card>
  );
}

function Running({ unlocked, onStop }: { unlocked: Unlocked; onStop: () => void }) {
  const t = useTranslations('check-batch');
  const format = useFormatter();
  const duration = useDuration();
  const { devices, chosen, leftMs } = unlocked;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <progress
        aria-label={t('unlock.progress')}
        className="h-2 min-w-48 flex-1 accent-accent"
        max={chosen}
        value={devices}
      />
      <span className="tabular-nums">
        {t('done', { done: format.number(devices), all: format.number(chosen) })}
      </span>
      {leftMs === undefined ? null : (
        <span className="text-ink-muted">{t('unlock.left', { duration: duration(leftMs) })}</span>
      )}
      <Button onPress={onStop}>{t('unlock.stop')}</Button>
    </div>
  );
}

function Opened({ unlocked, locked }: { unlocked: Unlocked; locked: number }) {
  const t = useTranslations('check-batch.unlock');
  const format = useFormatter();
  const counted = (['keysMatching', 'certificates', 'signatures', 'templates'] as const).filter(
    (name) => name === 'keysMatching' || unlocked[name] > 0,
  );
  const number = (text: string) => <span className="tabular-nums">{text}</span>;
  return (
    <KeyValue
      entries={[
        {
          label: t('opened'),
          value: number(
            t('openedOf', { opened: format.number(unlocked.opened), locked: format.number(locked) }),
          ),
        },
        ...counted.map((name) => ({ label: t(name), value: number(format.number(unlocked[name])) })),
      ]}
    />
  );
}

function FaultNotice({ fault: { kind } }: { fault: UnlockFault }) {
  const t = useTranslations('check-batch.unlock.fault');
  const words = useTranslations('failure');
  const title = kind === 'worker-stopped' ? words('workerStopped') : t(kind);
  return <Notice tone="danger" role="alert" title={title} />;
}
