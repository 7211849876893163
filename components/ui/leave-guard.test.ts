import { afterEach, expect, test, vi } from 'vitest';
import { guardLeaving, isGuarded, mayLeave, stopGuarding } from './leave-guard';

const asked = vi.fn<(question: string) => boolean>();
vi.stubGlobal('window', { confirm: asked });
afterEach(() => {
  stopGuarding();
  asked.mockReset();
});

test('nobody is asked when nothing would be lost', () => {
  expect(mayLeave()).toBe(true);
  expect(asked).not.toHaveBeenCalled();
});

test.each([
  { answer: true, reason: 'gives up what is unsaved' },
  { answer: false, reason: 'stays' },
])('who is asked decides: $reason', ({ answer }) => {
  guardLeaving('Key is lost. Leave?');
  asked.mockReturnValue(answer);
  expect(mayLeave()).toBe(answer);
  expect(asked).toHaveBeenCalledWith('Key is lost. Leave?');
});

test('a question is asked until it is taken back, and each is its own', () => {
  const takeBack = guardLeaving('Leave?');
  guardLeaving('Leave?');
  takeBack();
  expect(isGuarded()).toBe(true);
  stopGuarding();
  expect(isGuarded()).toBe(false);
});
