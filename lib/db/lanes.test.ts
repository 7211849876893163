import { expect, it } from 'vitest';
import { Lanes } from './lanes';

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

it('lets as many in as there are lanes, the others in the order in which they came', async () => {
  const lanes = new Lanes(2, 1000);
  const entered: number[] = [];
  const leave: (() => void)[] = [];
  for (const who of [1, 2, 3, 4]) {
    void lanes.enter().then((left) => {
      entered.push(who);
      if (left !== undefined) leave.push(left);
    });
  }
  await turn();
  expect(entered).toEqual([1, 2]);
  leave[0]?.();
  // Leaving twice frees no second lane.
  leave[0]?.();
  await turn();
  expect(entered).toEqual([1, 2, 3]);
  leave[1]?.();
  await turn();
  expect(entered).toEqual([1, 2, 3, 4]);
});

it('sends away who would wait too long, and gives the lane to the next', async () => {
  const lanes = new Lanes(1, 10);
  const leave = await lanes.enter();
  expect(await lanes.enter()).toBeUndefined();
  const next = lanes.enter();
  leave?.();
  expect(await next).toBeTypeOf('function');
});
