import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import type { InvocationOutcome } from './runtime/function-process';

/** What is kept of a log, at its end, where errors are. */
const LOG_CHARACTERS_MAX = 4096;
const ERROR_CHARACTERS_MAX = 1024;

export type FunctionEvent = { regionName: string; functionName: string; event: string };

/** Tells what functions did, as CloudWatch Logs would. */
export class FunctionExplainer {
  readonly #sandbox: SandboxState;
  readonly #now: () => Date;

  constructor({ sandbox, now }: { sandbox: SandboxState; now: () => Date }) {
    this.#sandbox = sandbox;
    this.#now = now;
  }

  ended(of: FunctionEvent, { isError, payload, log, id }: InvocationOutcome & { id: string }): void {
    if (log !== '') {
      const text = `The function ${of.functionName} printed: ${log.slice(-LOG_CHARACTERS_MAX)}`;
      this.#explain('lambda-log', of, { text, requestId: id });
    } else if (!isError) {
      this.#explain('lambda-ran', of, { text: `The function ${of.functionName} ran.`, requestId: id });
    }
    if (!isError) return;
    const text = `The function ${of.functionName} failed: ${payload.slice(0, ERROR_CHARACTERS_MAX)}`;
    this.#explain('lambda-failed', of, { text, requestId: id });
  }

  notRun(of: FunctionEvent, reason: string): void {
    this.#explain('lambda-failed', of, { text: `The function ${of.functionName} was not run: ${reason}` });
  }

  dropped(of: FunctionEvent): void {
    const text = `The function ${of.functionName} was deleted before its event was run.`;
    this.#explain('lambda-dropped', of, { text });
  }

  givenUp(of: FunctionEvent, { attempts, failure }: { attempts: number; failure: string }): void {
    const text = `The function ${of.functionName} failed ${attempts} times; Lambda gives the event up. Last: ${failure.slice(0, ERROR_CHARACTERS_MAX)}`;
    this.#explain('lambda-given-up', of, { text });
  }

  #explain(
    code: string,
    { regionName, functionName, event }: FunctionEvent,
    { text, ...rest }: { text: string; requestId?: string },
  ): void {
    const params = { functionName, ...rest };
    this.#sandbox.explanations.explain(
      { code, message: text, region: regionName, certificateId: certificateIdOf(event), params },
      this.#now(),
    );
  }
}

/** Of an event about a certificate: so a device that stays pending finds what its function did. */
function certificateIdOf(event: string): string | undefined {
  return /"certificateId":\s*"([0-9a-f]{64})"/.exec(event)?.[1];
}
