import type { CompiledAction } from '@/lib/sandbox/rules/compiled-rule';
import type { RuleExecution } from '@/lib/sandbox/rules/execute-rule';
import { invokeFunction } from './invoke-function';
import { republish } from './republish';

/** `error` is a sentence that says what to do; undefined: done. `name` as AWS's error reports have it. */
export type ActionOutcome = { name: string; resource: string; error: string | undefined };

/** Never rejects for what a rule or a message can be blamed for. */
export async function executeAction(
  execution: RuleExecution,
  action: CompiledAction,
  payload: Uint8Array,
): Promise<ActionOutcome> {
  switch (action.kind) {
    case 'lambda':
      return invokeFunction(execution, action, payload);
    case 'republish':
      return await republish(execution, action, payload);
  }
}
