'use client';

import { useFormatter, useTranslations } from 'use-intl';
import type { BatchProgress } from './batch-state';

type RunProgressProps = { progress: BatchProgress; isPaused: boolean; isWaiting: boolean };

/** How far a batch is: done, failed, how fast, how long it takes. While it waits nothing is fast or slow. */
export function RunProgress({ progress, isPaused, isWaiting }: RunProgressProps) {
  const t = useTranslations('batch.run');
  const format = useFormatter();
  const { devices, written, failures, devicesPerSecond } = progress;
  const left = useTimeLeft(progress.leftMs);
  const parts = [
    t('done', { written: format.number(written), devices: format.number(devices) }),
    ...(failures.count > 0 ? [t('failed', { count: failures.count })] : []),
    ...(isPaused ? [t('paused')] : []),
  ];
  if (!isPaused && !isWaiting && devicesPerSecond !== undefined) {
    // Large keys take a second and more.
    const maximumFractionDigits = devicesPerSecond < 10 ? 1 : 0;
    parts.push(t('rate', { rate: format.number(devicesPerSecond, { maximumFractionDigits }) }));
    if (left !== undefined) parts.push(left);
  }
  return (
    <div className="flex flex-col gap-2">
      <div
        role="progressbar"
        aria-label={t('progress')}
        aria-valuenow={written}
        aria-valuemin={0}
        aria-valuemax={devices}
        className="flex h-2 w-full overflow-hidden rounded-full bg-sunken"
      >
        <div className="h-full bg-accent" style={{ width: `${(written / devices) * 100}%` }} />
        <div className="h-full bg-danger" style={{ width: `${(failures.count / devices) * 100}%` }} />
      </div>
      <p className="text-sm tabular-nums">{parts.join(' · ')}</p>
    </div>
  );
}

function useTimeLeft(leftMs: number | undefined): string | undefined {
  const t = useTranslations('batch.run');
  if (leftMs === undefined) return undefined;
  const left = Math.ceil(leftMs / 1000);
  const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor((left % 3600) / 60), left % 60];
  return hours > 0 ? t('leftHours', { hours, minutes }) : t('left', { minutes, seconds });
}
