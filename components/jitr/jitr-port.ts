/**
 * What the page of a set-up needs from the server: what it read, and the actions that change AWS. All of it is plain data.
 * @module
 */
import type { Failure } from '@/lib/failure';
import type { JitrCall, JitrPresence } from '@/lib/provisioning/jitr/calls';
import type { JitrResource, JitrState } from '@/lib/provisioning/jitr/drift';
import type { JitrSettings } from '@/lib/provisioning/jitr/settings';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { Result } from '@/lib/result';

/** What stands in the account now. */
export type JitrStanding = { state: JitrState; presence: JitrPresence };

export type AllowedIds = { ids: string[]; total: number };

export type CallOutcome =
  | { kind: 'made' | 'changed' | 'was-there' | 'gone' }
  /** It would not be what was shown. */
  | { kind: 'plan-changed' }
  | { kind: 'not-ours'; resource: JitrResource };

type Ca = { environment: string; caId: string };
type SetUp = Ca & { settings: JitrSettings };

export type JitrActions = {
  readAllowedIds(input: Ca & { scope: JitrSettings['scope'] }): Promise<Result<AllowedIds, Failure>>;
  saveSettings(input: SetUp & { deployed: 'yes' | 'no' | 'unchanged' }): Promise<Result<undefined, Failure>>;
  makeCall(input: SetUp & { call: JitrCall; digest: string }): Promise<Result<CallOutcome, Failure>>;
};

export type JitrFormProps = Ca & {
  accountId: string;
  region: string;
  cliTarget: CliTarget;
  caPem: string;
  /** What the form begins with: as kept, or the console's proposal. */
  settings: JitrSettings;
  isKept: boolean;
  allowed: AllowedIds;
  /** Undefined where AWS did not let the account be looked at. */
  standing: JitrStanding | undefined;
  policyNames: readonly string[];
  actions: JitrActions;
};
