import { PROVISIONING_SERVICE } from '@/lib/provisioning/provisioning-role';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { type RoleJudge, roleJudge } from './role-judge';

/** What AWS IoT finds when it assumes a role for provisioning. */
export type RoleVerdict =
  | ({ kind: 'ok' } & Pick<RoleJudge, 'allows'>)
  | { kind: 'missing' }
  | { kind: 'not-trusting' };

/** Judges the role that `roleArn` names by its trust policy, its managed policies and its inline ones. */
export function checkRole(sandbox: SandboxState, roleArn: string): RoleVerdict {
  const judge = roleJudge(sandbox, roleArn);
  if (!judge) return { kind: 'missing' };
  return judge.trusts(PROVISIONING_SERVICE) ? { kind: 'ok', allows: judge.allows } : { kind: 'not-trusting' };
}
