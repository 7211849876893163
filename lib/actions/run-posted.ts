/**
 * An action that is posted to a route handler: for bodies that are larger, and callers that are more patient, than server actions allow.
 * @module
 */
import 'server-only';
import { headers } from 'next/headers';
import type { z } from 'zod';
import { currentOperator } from '@/lib/auth/current-operator';
import type { Permission } from '@/lib/auth/permissions';
import { clientAddressOf, isSameOrigin } from '@/lib/auth/request';
import type { Failure } from '@/lib/failure';
import { type ActionSpec, runAction } from './run-action';

const STATUS: Partial<Record<Failure['kind'], number>> = {
  'invalid-input': 400,
  'signed-out': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  busy: 429,
  unexpected: 500,
};

/** Runs the same steps as a server action, audit included, on a JSON body of at most `bytesMax`. Answers with the `Result`. */
export async function runPosted<Permitted extends Permission, Schema extends z.ZodType, Value>(
  spec: ActionSpec<Permitted, Schema, Value>,
  request: Request,
  bytesMax: number,
): Promise<Response> {
  const requestHeaders = await headers();
  const result = await runAction(spec, await readJsonBody(request, bytesMax), {
    operator: currentOperator,
    isSameOrigin: isSameOrigin(requestHeaders),
    clientAddress: clientAddressOf(requestHeaders),
  });
  const status = result.ok ? 200 : (STATUS[result.failure.kind] ?? 502);
  return Response.json(result, { status, headers: { 'cache-control': 'no-store' } });
}

/** @returns undefined, which no schema takes, for what is too long or no JSON */
export async function readJsonBody(request: Request, bytesMax: number): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const read = await reader?.read();
    if (read === undefined || read.done) break;
    bytes += read.value.length;
    if (bytes > bytesMax) {
      await reader?.cancel();
      return undefined;
    }
    parts.push(read.value);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return undefined;
  }
}
