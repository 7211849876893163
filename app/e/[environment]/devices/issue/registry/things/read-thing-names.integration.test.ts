/** Names of things from a real sandbox. */
import { CreateThingCommand } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { THING_PAGES_AT_ONCE_MAX } from '@/components/device/registry-answer';
import { iotFor, iotInBackground } from '@/lib/aws/iot-gateway';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import { PAGE_SIZE_MAX, type PageRequest } from '@/lib/registry/page';
import type { ThingFilter } from '@/lib/registry/thing';
import { fail } from '@/lib/result';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { readThingNames } from './read-thing-names';

const NAMES = Array.from({ length: 2 * PAGE_SIZE_MAX + 1 }, (_, at) => `press-${at}`);

let sandbox: Sandbox;

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  sandbox = await startSandbox();
  const { iot } = clientsFor(sandbox.api, 'eu-central-1');
  await Promise.all(NAMES.map((thingName) => iot.send(new CreateThingCommand({ thingName }))));
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

test('all names, over three pages, with the turns that others leave', async () => {
  const iot = iotInBackground(sandboxEnvironment(sandbox));
  const answer = await readThingNames(iot, { pages: THING_PAGES_AT_ONCE_MAX });
  expect(answer.kind === 'end' && answer.names).toHaveLength(NAMES.length);
  expect(answer.kind === 'end' && new Set(answer.names)).toEqual(new Set(NAMES));
});

test('no more pages than asked for, and where they go on', async () => {
  const iot = iotFor(sandboxEnvironment(sandbox));
  const first = await readThingNames(iot, { pages: 2 });
  if (first.kind !== 'more') throw new Error(first.kind);
  expect(first.names).toHaveLength(2 * PAGE_SIZE_MAX);
  const rest = await readThingNames(iot, { token: first.nextToken, pages: 2 });
  expect(rest.kind === 'end' && new Set([...first.names, ...rest.names])).toEqual(new Set(NAMES));
});

test('a failure on any page is no end', async () => {
  const { listThings } = iotFor(sandboxEnvironment(sandbox));
  const failingLater = {
    listThings: async (filter: ThingFilter, page: PageRequest) =>
      page.token === undefined ? listThings(filter, page) : fail({ kind: 'busy', retryAfterMs: 1 } as const),
  };
  expect(await readThingNames(failingLater, { pages: 3 })).toEqual({ kind: 'failed' });
});
