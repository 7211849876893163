import { expect, it } from 'vitest';
import { ProcessSlots } from './process-slots';

const settled = async (promise: Promise<void>) =>
  await Promise.race([
    promise.then(() => true),
    new Promise((resolve) => setImmediate(() => resolve(false))),
  ]);

it('gives places in the order in which they were asked for', async () => {
  const slots = new ProcessSlots(1);
  await slots.take();
  const [second, third] = [slots.take(), slots.take()];
  expect(await settled(second)).toBe(false);
  expect(slots.isWanted).toBe(true);
  slots.free();
  expect(await settled(second)).toBe(true);
  expect(await settled(third)).toBe(false);
  slots.free();
  await third;
  slots.free();
  expect(await settled(slots.take())).toBe(true);
});

it('has one idle process ended for each that waits, by who still offers', async () => {
  const slots = new ProcessSlots(1);
  await slots.take();
  const asked: string[] = [];
  const offer = (name: string, has: boolean) => slots.offer(() => asked.push(name) > 0 && has);
  const withdraw = offer('gone', true);
  offer('busy', false);
  offer('idle', true);
  offer('other', true);
  withdraw();
  void slots.take();
  expect(asked).toEqual(['busy', 'idle']);
});
