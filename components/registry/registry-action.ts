import type { Failure } from '@/lib/failure';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';

/** A change that a page hands down: what it takes beside the environment, and what comes of it. */
export type RegistryAction<Input> = (
  input: Input & { environment: string },
) => Promise<Result<Receipt, Failure>>;
