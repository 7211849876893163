import { describe, expect, it } from 'vitest';
import { en } from '@/lib/i18n/en';
import { isEventKind, KINDS_BY_GROUP, toneOf } from './event-kinds';

describe('the kinds of events', () => {
  it('that have words are the kinds that can be chosen, each once', () => {
    const chosen = KINDS_BY_GROUP.flatMap(({ kinds }) => kinds);
    expect(new Set(chosen)).toEqual(new Set(Object.keys(en.sandbox.kind)));
    expect(chosen).toHaveLength(new Set(chosen).size);
  });

  it('of a newer sandbox are known as such', () => {
    expect(isEventKind('provisioned')).toBe(true);
    expect(['a-new-reason', 'constructor', ''].some(isEventKind)).toBe(false);
    expect(toneOf('a-new-reason')).toBe('neutral');
  });
});
