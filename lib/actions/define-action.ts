/**
 * The only way to write a server action.
 * @module
 */
import 'server-only';
import { headers } from 'next/headers';
import type { z } from 'zod';
import { currentOperator } from '@/lib/auth/current-operator';
import type { Permission } from '@/lib/auth/permissions';
import { clientAddressOf, isSameOrigin } from '@/lib/auth/request';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import {
  type ActionRequest,
  type ActionSpec,
  type EachActionSpec,
  type EachAnswer,
  runAction,
  runEachAction,
} from './run-action';

/** An action whose input may be `undefined` is called without one. */
type ActionInput<Schema extends z.ZodType> =
  undefined extends z.input<Schema> ? [input?: z.input<Schema>] : [input: z.input<Schema>];

/**
 * Makes a server action out of what it needs, what it takes and what it does, so that none can skip a step.
 *
 * @example
 * 'use server';
 * export const deactivateCa = defineAction({
 *   name: 'ca.deactivate',
 *   permission: 'ca:update',
 *   input: z.strictObject({ environment: environmentId, caId: z.string() }),
 *   resource: ({ caId }) => caId,
 *   async run({ caId }, { environment, audit }) { … },
 * });
 */
export function defineAction<Permitted extends Permission, Schema extends z.ZodType, Value>(
  spec: ActionSpec<Permitted, Schema, Value>,
): (...input: ActionInput<Schema>) => Promise<Result<Value, Failure>>;
/** The same for several resources at once: each is an act of its own in the audit log, and has its own answer. */
export function defineAction<Permitted extends Permission, Schema extends z.ZodType, Detail>(
  spec: EachActionSpec<Permitted, Schema, Detail>,
): (...input: ActionInput<Schema>) => Promise<Result<EachAnswer<Detail>[], Failure>>;
export function defineAction<Permitted extends Permission, Schema extends z.ZodType, Value>(
  spec: ActionSpec<Permitted, Schema, Value> | EachActionSpec<Permitted, Schema, Value>,
): (...input: ActionInput<Schema>) => Promise<Result<Value | EachAnswer<Value>[], Failure>> {
  return async (...[input]) => {
    const requestHeaders = await headers();
    const request: ActionRequest = {
      operator: currentOperator,
      isSameOrigin: isSameOrigin(requestHeaders),
      clientAddress: clientAddressOf(requestHeaders),
    };
    return 'runEach' in spec ? runEachAction(spec, input, request) : runAction(spec, input, request);
  };
}
