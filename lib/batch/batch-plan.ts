/**
 * A batch as its checkpoint keeps it: all that is needed to go on with it when the page is gone.
 * @module
 */
import type { Subject } from '@/lib/pki/subject';
import type { DeviceRequest } from './batch-device';
import type { BatchSettings } from './batch-settings';

export type BatchPlan = {
  settings: BatchSettings;
  /** Of the CA, by which a device's thing is named; undefined where it has none that can be read. */
  templateBody: string | undefined;
  subjects: readonly Subject[];
  /** As many as subjects; undefined where the keys are made here. */
  requests?: readonly DeviceRequest[] | undefined;
};
