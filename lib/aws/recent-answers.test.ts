import { describe, expect, it, vi } from 'vitest';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { RecentAnswers } from './recent-answers';

function bench() {
  const clock = { ms: 0 };
  const answers = new RecentAnswers<string>({ keptMs: 1000, countMax: 2, nowMs: () => clock.ms });
  const ask = vi.fn(async (): Promise<Result<string, Failure>> => ok('on'));
  const read = (key = 'a') => answers.read(key, ask, (value) => value === 'on');
  return { clock, ask, read };
}

describe('recent answers', () => {
  it('are asked for once, as long as they are fresh', async () => {
    const { clock, ask, read } = bench();
    await read();
    clock.ms = 999;
    await read();
    expect(ask).toHaveBeenCalledTimes(1);
    clock.ms = 1000;
    await read();
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('are waited for together, and count from the question', async () => {
    const { clock, ask, read } = bench();
    let answer = (_: Result<string, Failure>) => {};
    ask.mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const first = read();
    clock.ms = 5000;
    const second = read();
    expect(ask).toHaveBeenCalledTimes(1);
    answer(ok('on'));
    expect(await Promise.all([first, second])).toEqual([ok('on'), ok('on')]);
    await read();
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it.each([
    { answer: async () => fail({ kind: 'busy', retryAfterMs: 1 } as const), why: 'a failure' },
    { answer: async () => ok('off'), why: 'a value that is not to be kept' },
    { answer: () => Promise.reject(new Error('a bug')), why: 'a bug' },
  ])('are not kept where they are $why', async ({ answer }) => {
    const { ask, read } = bench();
    ask.mockImplementationOnce(answer);
    await read().catch(() => undefined);
    expect(await read()).toEqual(ok('on'));
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('are no more than so many', async () => {
    const { ask, read } = bench();
    for (const key of ['a', 'b', 'c', 'b', 'c']) await read(key);
    expect(ask).toHaveBeenCalledTimes(3);
    await read('a');
    expect(ask).toHaveBeenCalledTimes(4);
  });
});
