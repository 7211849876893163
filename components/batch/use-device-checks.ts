'use client';

import { useEffect, useState } from 'react';
import type { BatchDevice } from '@/lib/batch/batch-device';
import type { Template } from '@/lib/provisioning/template';
import { checkDevices, type DeviceChecks } from './check-devices';

/** Typing pauses longer than this when a word is finished; our choice. */
const DEBOUNCE_MS = 450;

export type RunningChecks = { done: DeviceChecks | undefined };

/** Looks at the devices once they stand still. */
export function useDeviceChecks(
  devices: readonly BatchDevice[],
  template: Template | undefined,
  { names, registry }: { names: string; registry: string },
): RunningChecks {
  const [checked, setChecked] = useState<{ devices: readonly BatchDevice[]; done: DeviceChecks } | undefined>(
    undefined,
  );
  useEffect(() => {
    if (devices.length === 0) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const urls = { registryUrl: registry, namesUrl: names };
      const done = await checkDevices(devices, template, urls, abort.signal);
      if (done !== undefined && !abort.signal.aborted) setChecked({ devices, done });
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [devices, template, names, registry]);
  return { done: checked?.devices === devices ? checked.done : undefined };
}
