import { expect, it, vi } from 'vitest';
import { keepStorage } from './persistent-storage';

it.each([
  { persisted: true, granted: false, kept: true, why: 'was granted before' },
  { persisted: false, granted: true, kept: true, why: 'is granted now' },
  { persisted: false, granted: false, kept: false, why: 'is refused' },
])('that the browser keeps what is stored $why: $kept', async ({ persisted, granted, kept }) => {
  const persist = vi.fn(async () => granted);
  expect(await keepStorage({ persisted: async () => persisted, persist })).toBe(kept);
  // Firefox would ask the person again.
  expect(persist).toHaveBeenCalledTimes(persisted ? 0 : 1);
});

it('a browser that fails at the question promises nothing', async () => {
  const fails = () => Promise.reject(new DOMException('no', 'SecurityError'));
  expect(await keepStorage({ persisted: fails, persist: fails })).toBe(false);
});
