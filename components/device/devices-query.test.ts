import { describe, expect, test } from 'vitest';
import {
  devicesHref,
  exportHref,
  issueHref,
  parseDevicesQuery,
  selectionHref,
  toLedgerFilter,
} from './devices-query';

describe('the list of devices in its URL', () => {
  test.each([
    { reason: 'nothing is asked', query: {}, href: '/e/lab/devices' },
    {
      reason: 'a beginning of a name',
      query: { query: 'Demo thing' },
      href: '/e/lab/devices?query=Demo+thing',
    },
    {
      reason: 'everything at once',
      query: {
        query: 'pump',
        state: 'ACTIVE' as const,
        delivery: 'not-confirmed' as const,
        batch: 'b-1',
        expires: 'quarter' as const,
        from: '2026-01-01',
        until: '2026-12-31',
      },
      href: '/e/lab/devices?query=pump&state=ACTIVE&delivery=not-confirmed&batch=b-1&expires=quarter&from=2026-01-01&until=2026-12-31',
    },
    {
      reason: 'a later, longer page',
      query: { size: 50 as const, token: 'x_y' },
      href: '/e/lab/devices?size=50&token=x_y',
    },
  ])('$reason', ({ query, href }) => {
    expect(devicesHref('lab', query)).toBe(href);
    const params = Object.fromEntries(new URL(href, 'http://localhost').searchParams);
    expect(parseDevicesQuery(params)).toEqual({ size: 25, ...query });
  });

  test.each([
    { reason: 'an unknown page size', params: { size: '7' } },
    { reason: 'a name longer than any', params: { query: 'x'.repeat(161) } },
    { reason: 'a state that AWS does not know', params: { state: 'LOST' } },
    { reason: 'a day that does not exist', params: { from: '2026-02-30', until: 'tomorrow' } },
    { reason: 'a parameter given twice', params: { query: ['a', 'b'] } },
  ])('$reason does not break the page', ({ params }) => {
    expect(parseDevicesQuery(params)).toEqual({ size: 25 });
  });

  test('the form of one CA has its id in the address', () => {
    expect(issueHref('lab', { ca: 'abc' })).toBe('/e/lab/devices/issue?ca=abc');
  });

  test('days are taken whole, in UTC, and a period goes before them', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    const days = { from: '2026-12-31', until: '2026-12-31' };
    expect(toLedgerFilter(days, now)).toEqual({
      expiresFrom: new Date('2026-12-31T00:00:00Z'),
      expiresBefore: new Date('2027-01-01T00:00:00Z'),
    });
    expect(toLedgerFilter({ ...days, expires: 'expired' }, now)).toEqual({ expiresBefore: now });
  });

  test('what is acted on has the filter of its list, and no page of it', () => {
    const query = { size: 50, token: 'x', delivery: 'replaced', state: 'ACTIVE' } as const;
    expect(selectionHref('lab', query)).toBe(
      '/e/lab/acts/selection?list=devices&state=ACTIVE&delivery=replaced',
    );
  });

  test('a file has the filter of its list, and no page of it', () => {
    const query = parseDevicesQuery({ query: 'pump', token: 'newest_x', size: '50' });
    expect(exportHref('lab', query, 'jsonl')).toBe('/e/lab/devices/export?query=pump&format=jsonl');
  });
});
