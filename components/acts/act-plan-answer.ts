/**
 * What the plan's address answers: the very steps for a few devices, read now.
 * @module
 */
import type { ActStep } from '@/lib/registry/act';
import type { ApprovalNote, ApprovalRefusal } from '@/lib/registry/approval';

/** Three reads each: a plan of ten is there within three seconds at AWS's rate. The rest follow the same rule. Our choice. */
export const PLANNED_MAX = 10;

export type PlannedDevice = {
  id: string;
  /** `gone`: there is no such thing or certificate; `refused`: it would fail, and why; `unread`: it could not be read. */
  plan:
    | { kind: 'steps'; steps: readonly ActStep[]; notes?: readonly ApprovalNote[] }
    | { kind: 'gone' }
    | { kind: 'refused'; reason: ApprovalRefusal }
    | { kind: 'unread' };
};

export type ActPlanAnswer = { devices: PlannedDevice[] };
