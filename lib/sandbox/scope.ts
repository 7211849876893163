import type { RegionState } from './state/region-state';
import type { SandboxState } from './state/sandbox-state';

/** Where an operation acts: one Region of the sandbox's account, at one time. */
export type Scope = {
  sandbox: SandboxState;
  region: RegionState;
  accountId: string;
  now: () => Date;
};
