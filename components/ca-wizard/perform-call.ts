/**
 * Makes one call of a run. Each looks first whether what it is for is already there, so that a run can be repeated.
 * @module
 */

import { orNoAnswer } from '@/components/ui/no-answer';
import type { KeyHandle } from '@/lib/browser/pki.protocol';
import type { PkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import type { Failure } from '@/lib/failure';
import { assertNever, fail, ok, type Result } from '@/lib/result';
import type { Registration } from './registration';
import type { CaDifference, CallId, Obstacle, Outcome } from './run-plan';
import type { RegistrationInput, WizardActions } from './wizard-port';

export type RunTools = {
  actions: WizardActions;
  pki: Pick<PkiClient, 'call'>;
  environment: string;
  registration: Registration;
  keyHandle: KeyHandle | undefined;
};

/** What one call leaves for a later one. */
export type RunMemory = { registrationCode?: string; verificationPem?: string };

type Performed = Result<Outcome, Obstacle>;

export async function performCall(id: CallId, tools: RunTools, memory: RunMemory): Promise<Performed> {
  const { actions, environment, registration } = tools;
  const { newPolicy, newRole } = registration;
  switch (id) {
    case 'find-ca':
      return asked(actions.findCa(inputOf(tools)), (presence) =>
        presence.kind === 'differs' ? differs(presence.differences) : ok(presence.kind),
      );
    case 'create-policy':
      if (newPolicy === undefined) return ok('not-needed');
      return asked(actions.createPolicy({ environment, ...newPolicy }), ({ kind }) =>
        kind === 'differs' ? fail({ kind: 'policy-differs', name: newPolicy.name }) : ok(kind),
      );
    case 'create-role':
      if (newRole === undefined) return ok('not-needed');
      return asked(actions.createRole({ environment, name: newRole.name }), (ensured) => {
        if (ensured.kind === 'elsewhere') return fail({ kind: 'role-elsewhere', arn: ensured.arn });
        return ensured.kind === 'not-trusting' ? notTrusting(newRole.name) : ok(ensured.kind);
      });
    case 'attach-role-policy':
      if (newRole === undefined) return ok('not-needed');
      return asked(actions.attachRolePolicy({ environment, name: newRole.name }), ({ kind }) =>
        kind === 'not-trusting' ? notTrusting(newRole.name) : ok(kind),
      );
    case 'get-registration-code':
      return asked(actions.getRegistrationCode({ environment }), (code) => {
        memory.registrationCode = code;
        return ok('made');
      });
    case 'make-verification':
      return makeVerification(tools, memory);
    case 'register-ca-certificate':
      return asked(
        actions.registerCa({ ...inputOf(tools), verificationPem: memory.verificationPem }),
        (registered) =>
          registered.kind === 'differs' ? differs(registered.differences) : ok(registered.kind),
      );
    default:
      return assertNever(id);
  }
}

async function makeVerification({ pki, keyHandle }: RunTools, memory: RunMemory): Promise<Performed> {
  if (keyHandle === undefined) return fail({ kind: 'key-needed' });
  const registrationCode = memory.registrationCode ?? '';
  const made = await orStopped(pki.call('makeVerification', { keyHandle, registrationCode }));
  if (made.ok) {
    memory.verificationPem = made.value.certificatePem;
    return ok('made');
  }
  if (made.failure.kind === 'handle-unknown') return fail({ kind: 'key-needed' });
  if (made.failure.kind === 'worker-stopped') return fail({ kind: 'worker-stopped' });
  return fail({ kind: 'verification-failed', code: made.failure.kind });
}

function inputOf({ environment, registration }: RunTools): RegistrationInput {
  const { caId, certificatePem, issuerPems, mode, setAsActive, autoRegistration, registrationConfig } =
    registration;
  const ca = { caId, certificatePem, issuerPems };
  return { environment, ...ca, mode, setAsActive, autoRegistration, registrationConfig };
}

async function asked<Value>(
  call: Promise<Result<Value, Failure>>,
  judge: (value: Value) => Performed,
): Promise<Performed> {
  const answer = await orNoAnswer(call);
  if (answer.ok) return judge(answer.value);
  const { failure } = answer;
  // What the call may have done is looked up before it is made again.
  return fail(failure.kind === 'no-answer' ? { kind: 'no-answer' } : { kind: 'failure', failure });
}

const differs = (differences: readonly CaDifference[]): Performed =>
  fail({ kind: 'ca-differs', differences });
const notTrusting = (name: string): Performed => fail({ kind: 'role-not-trusting', name });
