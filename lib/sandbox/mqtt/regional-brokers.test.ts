import { expect, it } from 'vitest';
import { openState } from '@/lib/sandbox/state/open-state';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { RetainedMessages } from './broker/retained-messages';
import { ByteBudget } from './byte-budget';
import { RegionalBrokers } from './regional-brokers';

/** As many as the state keeps. */
const OTHERS = Array.from({ length: 100 }, (_, index) => `xx-other-${index}`);
const REGION = 'eu-west-1';

async function open(): Promise<{ state: SandboxState; brokers: RegionalBrokers; heard: string[] }> {
  const state = await openState(undefined, '123456789012');
  const brokers = new RegionalBrokers({
    sandbox: state,
    held: new ByteBudget(1_000),
    now: () => new Date(),
    clients: () => [],
    onFault: (error) => expect.unreachable(error.message),
  });
  const heard: string[] = [];
  brokers.listen(({ topic }) => heard.push(topic));
  brokers.of(REGION);
  return { state, brokers, heard };
}

const retained = { region: REGION, topic: 'a', payload: Buffer.from('x'), qos: 1, retain: true } as const;

it('a message is retained where the API finds it, though its Region was forgotten since its broker was made', async () => {
  const { state, brokers } = await open();
  for (const name of OTHERS) state.region(name);
  await brokers.publish(retained);
  expect(state.region(REGION).family(RetainedMessages).get('a', Date.now())).toBeDefined();
  brokers.close();
});

it('a message is delivered and not retained when there is no room for its Region any more', async () => {
  const { state, brokers, heard } = await open();
  for (const name of OTHERS) state.region(name).registrationCodes.set('code', { code: 'kept' });
  await brokers.publish(retained);
  expect(heard).toEqual(['a']);
  brokers.close();
});
