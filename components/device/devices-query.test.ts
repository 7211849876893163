import { describe, expect, test } from 'vitest';
import { devicesHref, issueHref, parseDevicesQuery } from './devices-query';

describe('the list of devices in its URL', () => {
  test.each([
    { reason: 'nothing is asked', query: {}, href: '/e/lab/devices' },
    {
      reason: 'a beginning of a name',
      query: { query: 'Demo thing' },
      href: '/e/lab/devices?query=Demo+thing',
    },
    {
      reason: 'a later, longer page',
      query: { size: 50 as const, token: 'x_y' },
      href: '/e/lab/devices?size=50&token=x_y',
    },
  ])('$reason', ({ query, href }) => {
    expect(devicesHref('lab', query)).toBe(href);
    const params = Object.fromEntries(new URL(href, 'http://localhost').searchParams);
    expect(parseDevicesQuery(params)).toEqual({ size: 25, query: undefined, token: undefined, ...query });
  });

  test.each([
    { reason: 'an unknown page size', params: { size: '7' } },
    { reason: 'a name longer than any', params: { query: 'x'.repeat(65) } },
    { reason: 'a parameter given twice', params: { query: ['a', 'b'] } },
  ])('$reason does not break the page', ({ params }) => {
    expect(parseDevicesQuery(params)).toEqual({ size: 25, query: undefined, token: undefined });
  });

  test('the form of one CA has its id in the address', () => {
    expect(issueHref('lab', { ca: 'abc' })).toBe('/e/lab/devices/issue?ca=abc');
  });
});
