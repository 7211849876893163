import { expect, it } from 'vitest';
import { HEARD_MAX, HeardAttempts } from './heard-attempts';

const at = (second: number) => new Date(1_700_000_000_000 + second * 1000).toISOString();

it('counts the attempts of each device, with the first and the last', () => {
  const heard = new HeardAttempts();
  heard.add('a', at(1));
  heard.add('b', at(2));
  heard.add('a', at(3));
  expect(heard.all()).toEqual([
    { certificateId: 'b', count: 1, firstAt: at(2), lastAt: at(2) },
    { certificateId: 'a', count: 2, firstAt: at(1), lastAt: at(3) },
  ]);
});

it('counts an event that comes twice once, and one that comes late by its own time', () => {
  const heard = new HeardAttempts();
  for (const second of [5, 5, 2]) heard.add('a', at(second));
  expect(heard.all()).toEqual([{ certificateId: 'a', count: 2, firstAt: at(2), lastAt: at(5) }]);
});

it('forgets whom it has not heard of for longest', () => {
  const heard = new HeardAttempts();
  for (let device = 0; device < HEARD_MAX; device += 1) heard.add(`d${device}`, at(device));
  heard.add('d0', at(HEARD_MAX));
  heard.add('new', at(HEARD_MAX));
  const ids = heard.all().map(({ certificateId }) => certificateId);
  expect(ids).toHaveLength(HEARD_MAX);
  expect(ids).toContain('d0');
  expect(ids).not.toContain('d1');
});
