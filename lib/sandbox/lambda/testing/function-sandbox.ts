import { beforeAll } from 'vitest';
import { z } from 'zod';
import type { Boto } from '@/lib/sandbox/testing/boto';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';
import { invoked, makeExecutionRole, makeFunction } from './function-code';

type Order = Parameters<typeof makeFunction>[1];
type Json = Readonly<Record<string, unknown>>;

/** What a handler was refused and allowed, by what it tried, and what it tells besides. */
const outcomes = z.object({
  refused: z.record(z.string(), z.string()),
  allowed: z.record(z.string(), z.string()),
  seen: z.unknown().optional(),
});

export const PYTHON = { runtime: 'python3.11', handler: 'app.handler' };

/** A sandbox for functions, with the role that they run as. */
export async function functionSandbox() {
  const used = await testSandbox();
  beforeAll(() => makeExecutionRole(used.boto).then(() => undefined));
  return used;
}

/** Makes a function and runs it once. */
export async function answerOf(boto: Boto, order: Order & Json, event: Json = {}): Promise<unknown> {
  await makeFunction(boto, { Timeout: 20, ...order });
  return await answerTo(boto, order.name, event);
}

export async function answerTo(boto: Boto, name: string, event: Json = {}): Promise<unknown> {
  const Payload = { base64: Buffer.from(JSON.stringify(event)).toString('base64') };
  return invoked(await boto.ok('lambda.invoke', { FunctionName: name, Payload }));
}

/** Which of the refusals and allowances of a handler are not as they should be. */
export async function surprises(boto: Boto, order: Order & Json, event: Json = {}) {
  const { refused, allowed, seen } = outcomes.parse(await answerOf(boto, order, event));
  return {
    notRefused: Object.entries(refused).filter(([, outcome]) => outcome !== 'refused'),
    notAllowed: Object.entries(allowed).filter(([, outcome]) => outcome !== 'done'),
    seen,
  };
}
