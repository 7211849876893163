import { UnrecognizedActionError } from 'next/dist/client/components/unrecognized-action-error';
import { describe, expect, it } from 'vitest';
import { ok } from '@/lib/result';
import { orNoAnswer } from './no-answer';

describe('an action of which nothing comes back', () => {
  it.each([
    { error: new TypeError('fetch failed'), kind: 'no-answer', why: 'the console is away' },
    { error: new Error('An unexpected response was received'), kind: 'no-answer', why: 'a proxy apologises' },
    {
      error: new UnrecognizedActionError('Server Action was not found on the server'),
      kind: 'page-outdated',
      why: 'the console is of another version than the page',
    },
  ])('is a failure: $kind, as $why', async ({ error, kind }) => {
    expect(await orNoAnswer(Promise.reject(error))).toEqual({ ok: false, failure: { kind } });
  });

  it('is none where an answer came', async () => {
    expect(await orNoAnswer(Promise.resolve(ok(1)))).toEqual(ok(1));
  });
});
