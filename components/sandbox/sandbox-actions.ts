import type { Failure } from '@/lib/failure';
import type { FaultOrder } from '@/lib/registry/sandbox-activity';
import type { Result } from '@/lib/result';

type InEnvironment = { environment: string };

/** What the page hands down to who may let the sandbox fail. */
export type FaultActions = {
  switchFaultOn: (input: InEnvironment & FaultOrder) => Promise<Result<unknown, Failure>>;
  removeFault: (input: InEnvironment & { id: string }) => Promise<Result<unknown, Failure>>;
  removeFaults: (input: InEnvironment) => Promise<Result<unknown, Failure>>;
};

export type ResetAction = (input: InEnvironment) => Promise<Result<unknown, Failure>>;
