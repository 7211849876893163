import { describe, expect, it } from 'vitest';
import { clientsUrl, liveUrl, parseSandboxQuery, sandboxHref } from './sandbox-query';

describe('the state of the sandbox page in its URL', () => {
  it('comes back as it was', () => {
    const query = { find: 'press 4 & 5', kind: 'ca-not-active', client: undefined, tab: 'faults' } as const;
    const { searchParams } = new URL(sandboxHref('lab', query), 'http://localhost');
    expect(parseSandboxQuery(Object.fromEntries(searchParams))).toEqual(query);
  });

  it.each([
    { params: { tab: 'secrets' }, why: 'no such part' },
    { params: { find: '  ' }, why: 'nothing but blanks' },
    { params: { find: ['a', 'b'] }, why: 'given twice' },
    { params: { kind: 'x'.repeat(65) }, why: 'too long' },
  ])('falls back where it is wrong: $why', ({ params }) => {
    expect(parseSandboxQuery(params)).toEqual({});
  });

  it('is read on where the last event was, under the same filter', () => {
    const at = '2026-03-01T10:00:00.000Z';
    expect(liveUrl('lab', { find: 'press', kind: undefined }, { sequence: 7, at })).toBe(
      `/e/lab/sandbox/live?find=press&after=7&at=${encodeURIComponent(at)}`,
    );
    expect(liveUrl('lab', { find: undefined, kind: undefined }, undefined)).toBe('/e/lab/sandbox/live');
    expect(clientsUrl('lab', { client: 'a/b' })).toBe('/e/lab/sandbox/clients?client=a%2Fb');
  });
});
