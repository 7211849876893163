'use client';

import { useEffect, useMemo, useState } from 'react';
import type { BatchDevice } from '@/lib/batch/batch-device';
import type { Template } from '@/lib/provisioning/template';
import { checkDevices, type DeviceChecks } from './check-devices';
import { createThingLister } from './thing-list';

/** Typing pauses longer than this when a word is finished; our choice. */
const DEBOUNCE_MS = 450;

export type RunningChecks = {
  done: DeviceChecks | undefined;
  /** How many names of AWS's things are read; undefined where none are. */
  names: number | undefined;
};

/** Looks at the devices once they stand still. */
export function useDeviceChecks(
  devices: readonly BatchDevice[],
  template: Template | undefined,
  { names, registry }: { names: string; registry: string },
): RunningChecks {
  const [checked, setChecked] = useState<{ devices: readonly BatchDevice[]; done: DeviceChecks } | undefined>(
    undefined,
  );
  const [read, setRead] = useState<{ devices: readonly BatchDevice[]; names: number } | undefined>(undefined);
  const lister = useMemo(() => createThingLister(registry, () => performance.now()), [registry]);
  useEffect(() => {
    if (devices.length === 0) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const onNames = (count: number) => {
        if (!abort.signal.aborted) setRead({ devices, names: count });
      };
      const asked = { registryUrl: registry, namesUrl: names, lister, onNames };
      const done = await checkDevices(devices, template, asked, abort.signal);
      if (done !== undefined && !abort.signal.aborted) setChecked({ devices, done });
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [devices, template, names, registry, lister]);
  return {
    done: checked?.devices === devices ? checked.done : undefined,
    names: read?.devices === devices ? read.names : undefined,
  };
}
