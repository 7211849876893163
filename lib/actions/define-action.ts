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
import { type ActionSpec, runAction } from './run-action';

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
): (...input: ActionInput<Schema>) => Promise<Result<Value, Failure>> {
  return async (...[input]) => {
    const requestHeaders = await headers();
    return runAction(spec, input, {
      operator: currentOperator,
      isSameOrigin: isSameOrigin(requestHeaders),
      clientAddress: clientAddressOf(requestHeaders),
    });
  };
}
