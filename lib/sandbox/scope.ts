import type { RegionState } from './state/region-state';
import type { SandboxState } from './state/sandbox-state';

/** Where an operation acts: one Region of the sandbox's account, at one time. */
export type Scope = {
  sandbox: SandboxState;
  region: RegionState;
  accountId: string;
  /** Of who signed the request; absent where the sandbox acts by itself, as in just-in-time provisioning. */
  accessKeyId?: string;
  now: () => Date;
};
