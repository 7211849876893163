import { describe, expect, it } from 'vitest';
import { toBase64 } from '@/lib/pki/bytes';
import type { ShownMessage } from './answers';
import { MESSAGES_KEPT_MAX, MessageLog } from './message-log';

const messageOf = (topic: string, text = ''): ShownMessage => ({
  topic,
  payload: toBase64(new TextEncoder().encode(text)),
  qos: 0,
  retain: false,
  receivedAt: '2026-01-01T00:00:00.000Z',
  properties: {},
});

const ALL = { find: '', upTo: Number.POSITIVE_INFINITY, limit: 100 };
const topics = (log: MessageLog, asked = ALL) => log.newest(asked).shown.map(({ topic }) => topic);

describe('MessageLog', () => {
  it('shows the newest first, and says when there are more', () => {
    const log = new MessageLog();
    log.add([messageOf('a'), messageOf('b'), messageOf('c')], 0);
    expect(topics(log)).toEqual(['c', 'b', 'a']);
    expect(log.newest({ ...ALL, limit: 2 })).toMatchObject({
      isCut: true,
      shown: [{ topic: 'c' }, { topic: 'b' }],
    });
    expect(log.newest({ ...ALL, limit: 3 }).isCut).toBe(false);
  });

  it('finds by topic and by text, whatever the case', () => {
    const log = new MessageLog();
    log.add([messageOf('pump/1', 'Hello'), messageOf('pump/2', 'bye'), messageOf('fan/HELLO')], 0);
    expect(topics(log, { ...ALL, find: ' hello ' })).toEqual(['fan/HELLO', 'pump/1']);
    expect(topics(log, { ...ALL, find: 'pump' })).toEqual(['pump/2', 'pump/1']);
  });

  it('stands still up to where it was paused', () => {
    const log = new MessageLog();
    log.add([messageOf('a')], 0);
    const { lastNumber } = log;
    log.add([messageOf('b')], 0);
    expect(topics(log, { ...ALL, upTo: lastNumber })).toEqual(['a']);
    expect(log.lastNumber - lastNumber).toBe(1);
  });

  it('keeps the newest by number and by size, the very newest in any case', () => {
    const log = new MessageLog();
    log.add(
      Array.from({ length: MESSAGES_KEPT_MAX + 5 }, (_, index) => messageOf(String(index))),
      3,
    );
    expect(log.all()).toHaveLength(MESSAGES_KEPT_MAX);
    expect(log.all()[0]?.topic).toBe('5');
    expect(log.dropped).toBe(3);
    const large = { ...messageOf('large'), payload: 'A'.repeat(20 * 1024 * 1024) };
    log.add([large, { ...large, topic: 'larger' }], 0);
    expect(log.all().map(({ topic }) => topic)).toEqual(['larger']);
    log.add([messageOf('next')], 0);
    expect(log.all().map(({ topic }) => topic)).toEqual(['larger', 'next']);
  });

  it('counts on after it was emptied', () => {
    const log = new MessageLog();
    log.add([messageOf('a')], 2);
    log.clear();
    expect(log.dropped).toBe(0);
    log.add([messageOf('b')], 0);
    expect(log.all().map(({ number }) => number)).toEqual([2]);
  });
});

it('finds among ten thousand messages well within the time between two lots of them', () => {
  const log = new MessageLog();
  const text = 'x'.repeat(1000);
  log.add(
    Array.from({ length: MESSAGES_KEPT_MAX }, (_, index) => messageOf(String(index), text)),
    0,
  );
  const floor = Array.from({ length: MESSAGES_KEPT_MAX }, (_, index) => `${index}\n${text}`);
  const timed = (act: () => unknown) => {
    const began = performance.now();
    for (let round = 0; round < 5; round += 1) act();
    return performance.now() - began;
  };
  const plain = timed(() => floor.filter((words) => words.includes('nowhere')));
  const found = timed(() => log.newest({ ...ALL, find: 'nowhere' }));
  // Decoding each message at each look costs forty times as much.
  expect(found).toBeLessThan(10 * plain + 20);
});
