/**
 * Which devices of a list get a dry run that asks AWS.
 * @module
 */
import { type BatchDevice, devicesToRehearse } from '@/lib/batch/batch-device';

/** `shapesLeftOut`: combinations of filled-in fields that none of the chosen devices has. */
type Rehearsals = { chosen: BatchDevice[]; shapesLeftOut: number };

/** The first, the last, and between them as many shapes as fit. */
export function chooseRehearsals(devices: readonly BatchDevice[], devicesMax: number): Rehearsals {
  const all = devicesToRehearse(devices);
  if (all.length <= devicesMax) return { chosen: all, shapesLeftOut: 0 };
  const chosen = [...all.slice(0, devicesMax - 1), ...all.slice(-1)];
  return { chosen, shapesLeftOut: countShapes(all) - countShapes(chosen) };
}

/** With the first device at its end too, a list has no last one that is rehearsed besides its shape's own. */
const countShapes = (devices: readonly BatchDevice[]) =>
  devicesToRehearse([...devices, ...devices.slice(0, 1)]).length;
