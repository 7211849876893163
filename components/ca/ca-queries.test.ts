import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAGE_SIZES } from '@/components/registry/list-query';
import { devicesPageHref, parseCaPageQuery } from './ca-page-query';
import { casHref, parseCasQuery } from './cas-query';

const paramsOf = (href: string) => Object.fromEntries(new URL(href, 'http://console.test').searchParams);

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter((value) => value.trim() === value && !/\p{Surrogate}/u.test(value));
const optional = fc.option(text, { nil: undefined });
const size = fc.constantFrom(...PAGE_SIZES);

describe('a URL and its query are each other’s inverse', () => {
  it('for the list of CAs', () => {
    fc.assert(
      fc.property(fc.record({ filter: optional, token: optional, size }), (query) => {
        expect(parseCasQuery(paramsOf(casHref('sandbox', query)))).toEqual(query);
      }),
    );
  });

  it('for the devices of one CA, with their tab open', () => {
    fc.assert(
      fc.property(fc.record({ token: optional, size }), (page) => {
        const href = devicesPageHref('sandbox', 'a'.repeat(64), page);
        expect(parseCaPageQuery(paramsOf(href))).toEqual({ ...page, tab: 'devices' });
      }),
    );
  });
});

it.each([
  { params: { size: '26', filter: '' }, reason: 'a size that is not offered, an empty filter' },
  { params: { size: ['25', '50'], filter: 'x'.repeat(300) }, reason: 'a list, and a filter beyond every id' },
  { params: { token: ' ' }, reason: 'white space for a token' },
])('a hand-edited URL falls back: $reason', ({ params }) => {
  expect(parseCasQuery(params)).toEqual({ filter: undefined, token: undefined, size: 25 });
});
