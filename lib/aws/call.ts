/**
 * One call to AWS: its turn in the environment's bucket, a deadline, and an answer as a `Result`.
 * @module
 */
import 'server-only';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { type Throttle, WAIT_MS_MAX } from './throttle';
import { toFailure } from './to-failure';

/** For the whole call, the SDK's own (two) retries of throttled and failed attempts included; our choice. */
const CALL_TIMEOUT_MS = 20_000;

export type SendOptions = { abortSignal: AbortSignal };

export type Caller<Client> = {
  /**
   * @param operation - AWS's name of the operation, for failures and logs
   * @param send - sends one command; must hand the options on to the SDK
   * @param toValue - turns AWS's words into ours; throws when AWS left out what must be there
   */
  call<Output, Value>(
    operation: string,
    send: (client: Client, options: SendOptions) => Promise<Output>,
    toValue: (output: Output) => Value,
  ): Promise<Result<Value, Failure>>;
  /** The same caller for work that may stay undone: it gives up its place in the queue sooner. */
  withWait(waitMsMax: number): Caller<Client>;
};

export function createCaller<Client>(
  service: string,
  client: Client,
  throttle: Throttle,
  waitMsMax: number = WAIT_MS_MAX,
): Caller<Client> {
  return {
    async call(operation, send, toValue) {
      const turn = await throttle.turn(waitMsMax);
      if (!turn.ok) return turn;
      try {
        const output = await send(client, { abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
        return ok(toValue(output));
      } catch (error) {
        const failure = toFailure(error, { service, operation });
        if (failure === undefined) throw error;
        return fail(failure);
      }
    },
    withWait: (shorterMsMax) => createCaller(service, client, throttle, shorterMsMax),
  };
}
