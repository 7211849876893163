/**
 * What stands between a call and its operation: faults that a test has switched on, and AWS's rates.
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import type { Fault } from './fault-plan';
import { countCall, throttled } from './request-rates';

/** Ends the connection without an answer. */
export class DroppedConnection extends Error {
  override readonly name = 'DroppedConnection';
}

/**
 * Lets a call through to its operation, now or later; undefined at once when nothing can stand in its way.
 *
 * @param operation - AWS's name, for example `DescribeThing`
 * @throws ApiError ThrottlingException or InternalFailureException
 * @throws DroppedConnection
 */
export function admitCall(scope: Scope, operation: string): Promise<void> | undefined {
  countCall(scope, operation);
  return scope.sandbox.faults.size > 0 ? carryOut(scope, operation) : undefined;
}

async function carryOut(scope: Scope, operation: string): Promise<void> {
  for (const fault of scope.sandbox.faults.fire(operation)) {
    explain(scope, operation, fault);
    switch (fault.fault) {
      case 'latency':
        await wait(fault.latencyMs);
        break;
      case 'throttling':
        throw throttled();
      case 'server-error':
        throw new ApiError('InternalFailureException', 'A fault that was switched on in the sandbox');
      case 'dropped-connection':
        throw new DroppedConnection(operation);
    }
  }
}

const EFFECTS: Readonly<Record<Fault['fault'], (fault: Fault) => string>> = {
  latency: ({ latencyMs = 0 }) => `waited ${latencyMs} ms`,
  throttling: () => 'was refused with ThrottlingException',
  'server-error': () => 'was refused with InternalFailureException',
  'dropped-connection': () => 'got no answer, and its connection was ended',
};

function explain({ sandbox, region, now }: Scope, operation: string, fault: Fault): void {
  const message = `A fault that is switched on hit ${operation}: the call ${EFFECTS[fault.fault](fault)}. GET /_sandbox/faults lists the faults, DELETE /_sandbox/faults removes them.`;
  const params = { operation, fault: fault.fault, faultId: fault.id, latencyMs: fault.latencyMs ?? null };
  sandbox.explanations.explain({ code: 'fault-injected', message, region: region.name, params }, now());
}
