import { describe, expect, it, vi } from 'vitest';
import { PEM_SETTINGS } from '@/lib/batch/testing/pem-settings';
import type { ChunkOutcome, FailedDevice } from '@/lib/browser/batch/batch-issuer';
import type { PkiClient } from '@/lib/browser/pki-client';
import type { Failure } from '@/lib/failure';
import { fail, ok } from '@/lib/result';
import { type BatchControl, type BatchPorts, runBatch } from './batch-run';

/** A worker with chunks 1 to `finished` of an earlier run, which makes new ones up to `chunks`; `log` is the order of what happened. */
function bench({
  finished,
  chunks,
  answers,
  failing = [],
}: {
  finished: number;
  chunks: number;
  answers: Answer[];
  /** Chunks in which a device fails, and those in which no other succeeds. */
  failing?: { chunk: number; hasOthers: boolean }[];
}) {
  const log: string[] = [];
  let last = finished;
  const devicesOf = (chunk: number) => [{ index: chunk, certificateBase64: `c${chunk}` }];
  const answerOf = (chunk: number): ChunkOutcome => {
    const found = failing.find((each) => each.chunk === chunk);
    const failed = found ? [{ index: 1000 + chunk, commonName: `f${chunk}`, cause: 'why' }] : [];
    const issued = { chunk, devices: devicesOf(chunk) };
    return { issued: found?.hasOthers === false ? undefined : issued, failed };
  };
  const call = vi.fn(async (operation: string, input: { chunk?: number }): Promise<unknown> => {
    if (operation === 'issueBatchChunk') {
      if (last === chunks) return ok(null);
      last += 1;
      log.push(`made ${last}`);
      return ok(answerOf(last));
    }
    if (operation === 'readBatchChunk')
      return ok({ chunk: input.chunk, devices: devicesOf(input.chunk ?? 0) });
    if (operation === 'writeBatchChunk') log.push(`written ${input.chunk}`);
    return ok(
      operation === 'endBatchOutput' ? { manifestSha256: 'd', devices: chunks, archive: undefined } : null,
    );
  });
  const reserve: BatchPorts['reserve'] = async (certificates) => {
    const answer = answers.shift() ?? ok(undefined);
    log.push(`${answer.ok ? 'reserved' : 'refused'} ${certificates.join()}`);
    return answer;
  };
  const failures: FailedDevice[] = [];
  const troubles: (number | undefined)[] = [];
  let isCancelled = false;
  const control: BatchControl = {
    whenGoing: async () => undefined,
    untilRetry: async () => undefined,
    isCancelled: () => isCancelled,
    onTrouble: (trouble) => trouble && troubles.push(trouble.retryInMs),
    onWritten: () => undefined,
    onFailed: (devices) => void failures.push(...devices),
    noteOnFailed: () => (failures.length > 0 ? `${failures.length} failed` : undefined),
  };
  const standing = {
    settings: PEM_SETTINGS,
    devices: chunks,
    finished,
    chunks: Array.from({ length: finished }, (_, index) => index + 1),
  };
  // One function answers for all operations, which no type of theirs allows.
  const pki = { call } as unknown as PkiClient;
  return {
    log,
    call,
    troubles,
    failures,
    control,
    cancel: () => {
      isCancelled = true;
    },
    run: () => runBatch({ batch: 'b', standing }, { pki, reserve }, control),
  };
}

type Answer = Awaited<ReturnType<BatchPorts['reserve']>>;
const aws = (name: string, status: number): Failure => ({
  kind: 'aws',
  service: 'iot',
  operation: 'DescribeCACertificate',
  name,
  message: '',
  status,
  requestId: undefined,
});

describe('a batch that runs', () => {
  it('writes no chunk before its rows are durable, and makes the next one meanwhile', async () => {
    const { run, log } = bench({ finished: 0, chunks: 3, answers: [] });
    expect(await run()).toMatchObject({ ok: true, value: { devices: 3 } });
    for (const chunk of [1, 2, 3]) {
      expect(log.indexOf(`reserved c${chunk}`)).toBeGreaterThan(log.indexOf(`made ${chunk}`));
      expect(log.indexOf(`written ${chunk}`)).toBeGreaterThan(log.indexOf(`reserved c${chunk}`));
    }
    expect(log.indexOf('made 2')).toBeLessThan(log.indexOf('written 1'));
  });

  it('lets two chunks wait for the output and no more', async () => {
    const { run, call } = bench({ finished: 0, chunks: 5, answers: [] });
    const answers: (() => void)[] = [];
    const answerAtOnce = call.getMockImplementation();
    call.mockImplementation(async (operation, input) => {
      if (operation === 'writeBatchChunk') await new Promise<void>((resolve) => answers.push(resolve));
      return answerAtOnce?.(operation, input);
    });
    const running = run();
    for (let answered = 0; answered < 5; answered += 1) {
      await new Promise((resolve) => setTimeout(resolve));
      expect(answers.length).toBe(Math.min(5, answered + 2));
      answers[answered]?.();
    }
    expect(await running).toMatchObject({ ok: true });
  });

  it('tells the ledger again of what was finished, writes it again, and makes only what is missing', async () => {
    const { run, log } = bench({ finished: 2, chunks: 3, answers: [] });
    await run();
    expect(log.filter((entry) => entry.startsWith('made'))).toEqual(['made 3']);
    expect(log.filter((entry) => !entry.startsWith('made'))).toEqual(
      [1, 2, 3].flatMap((chunk) => [`reserved c${chunk}`, `written ${chunk}`]),
    );
  });

  it.each<{ answer: Answer; retryInMs: number | undefined; why: string }>([
    { answer: fail({ kind: 'no-answer' }), retryInMs: 1000, why: 'the server is gone' },
    { answer: fail({ kind: 'busy', retryAfterMs: 5000 }), retryInMs: 5000, why: 'the bucket is empty' },
    { answer: fail(aws('ThrottlingException', 400)), retryInMs: 1000, why: 'AWS throttles' },
    { answer: fail(aws('InternalFailureException', 500)), retryInMs: 1000, why: 'AWS fails' },
    { answer: fail({ kind: 'signed-out' }), retryInMs: undefined, why: 'asking again would not sign in' },
    {
      answer: fail({ kind: 'conflict', reason: 'ca-inactive' }),
      retryInMs: undefined,
      why: 'a person has to act',
    },
  ])('asks for the same rows again, after $retryInMs ms: $why', async ({ answer, retryInMs }) => {
    const { run, log, troubles } = bench({ finished: 0, chunks: 1, answers: [answer] });
    expect(await run()).toMatchObject({ ok: true });
    expect(troubles).toEqual([retryInMs]);
    expect(log).toEqual(['made 1', 'refused c1', 'reserved c1', 'written 1']);
  });

  it('that the server refuses for good is over at once, and keeps what was made', async () => {
    const failure = { kind: 'conflict', reason: 'batch-ended' } as const;
    const { run, log, troubles } = bench({ finished: 0, chunks: 9, answers: [ok(undefined), fail(failure)] });
    expect(await run()).toEqual({ ok: false, failure: { kind: 'refused', failure } });
    expect(troubles).toEqual([]);
    expect(log.filter((entry) => !entry.startsWith('made'))).toEqual([
      'reserved c1',
      'written 1',
      'refused c2',
    ]);
  });

  it('asks ever more slowly, but not slower than every half minute', async () => {
    const { run, troubles } = bench({
      finished: 0,
      chunks: 1,
      answers: Array(7).fill(fail({ kind: 'no-answer' })),
    });
    await run();
    expect(troubles).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('that is stopped while the server does not answer writes nothing more', async () => {
    const { run, log, control, cancel } = bench({
      finished: 0,
      chunks: 2,
      answers: [fail({ kind: 'no-answer' })],
    });
    control.untilRetry = async () => cancel();
    expect(await run()).toEqual({ ok: false, failure: { kind: 'cancelled' } });
    expect(log.filter((entry) => entry.startsWith('written'))).toEqual([]);
  });

  it('that is stopped is over when what is being written is written', async () => {
    const { run, log, control, cancel, call } = bench({ finished: 0, chunks: 2, answers: [] });
    const answer = call.getMockImplementation();
    call.mockImplementation(async (operation, input) => {
      if (operation === 'writeBatchChunk') {
        cancel();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return answer?.(operation, input) ?? ok(null);
    });
    control.onWritten = () => void log.push('told');
    expect(await run()).toEqual({ ok: false, failure: { kind: 'cancelled' } });
    expect(log).toContain('told');
  });

  it('goes on with the others where some fail, reserves and writes what is there, and says in the end what is missing', async () => {
    const failing = [
      { chunk: 1, hasOthers: true },
      { chunk: 2, hasOthers: false },
    ];
    const { run, log, call, failures } = bench({ finished: 0, chunks: 3, answers: [], failing });
    expect(await run()).toMatchObject({ ok: true });
    expect(failures.map(({ commonName }) => commonName)).toEqual(['f1', 'f2']);
    expect(log.filter((entry) => !entry.startsWith('made'))).toEqual([
      'reserved c1',
      'written 1',
      'reserved c3',
      'written 3',
    ]);
    expect(call).toHaveBeenLastCalledWith('endBatchOutput', { batch: 'b', note: '2 failed' });
  });

  it('of which not one device can be issued ends with the cause, and without an output', async () => {
    const { run, log, call } = bench({
      finished: 0,
      chunks: 1,
      answers: [],
      failing: [{ chunk: 1, hasOthers: false }],
    });
    expect(await run()).toEqual({ ok: false, failure: { kind: 'devices-fail', cause: 'why' } });
    expect(log).toEqual(['made 1']);
    expect(call.mock.calls.map(([operation]) => operation)).not.toContain('endBatchOutput');
  });

  it('that the worker stops since device after device fails has reserved and written what was made before', async () => {
    const { run, log, call } = bench({ finished: 0, chunks: 9, answers: [] });
    const answer = call.getMockImplementation();
    const stop = fail({ kind: 'devices-fail', cause: 'why' } as const);
    call.mockImplementation(async (operation, input) =>
      operation === 'issueBatchChunk' && log.includes('made 2')
        ? stop
        : (answer?.(operation, input) ?? ok(null)),
    );
    expect(await run()).toEqual(stop);
    expect(log.filter((entry) => !entry.startsWith('made'))).toEqual(
      [1, 2].flatMap((chunk) => [`reserved c${chunk}`, `written ${chunk}`]),
    );
  });
});
