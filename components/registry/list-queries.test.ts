import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificatesHref, parseCertificatesQuery } from './certificates-query';
import { PAGE_SIZES, type SearchParams } from './list-query';
import { parsePoliciesQuery, policiesHref } from './policies-query';
import { filterOf, parseThingsQuery, type ThingsQuery, thingsHref } from './things-query';

const paramsOf = (href: string) => Object.fromEntries(new URL(href, 'http://console.test').searchParams);

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter((value) => value.trim() === value && !/\p{Surrogate}/u.test(value));
const optional = fc.option(text, { nil: undefined });
const page = { token: optional, size: fc.constantFrom(...PAGE_SIZES) };
const certificateId = fc.stringMatching(/^[0-9a-f]{64}$/);

describe('a list’s URL and its query are each other’s inverse', () => {
  it('for things', () => {
    const query = fc.record({
      ...page,
      attribute: optional,
      value: optional,
      type: optional,
      find: optional,
    });
    fc.assert(
      fc.property(query, (value) => {
        expect(parseThingsQuery(paramsOf(thingsHref('sandbox', value)))).toEqual(value);
      }),
    );
  });

  it('for certificates', () => {
    const query = fc.record({ ...page, ca: fc.option(certificateId, { nil: undefined }), find: optional });
    fc.assert(
      fc.property(query, (value) => {
        expect(parseCertificatesQuery(paramsOf(certificatesHref('sandbox', value)))).toEqual(value);
      }),
    );
  });

  it('for policies', () => {
    fc.assert(
      fc.property(fc.record({ ...page, find: optional }), (value) => {
        expect(parsePoliciesQuery(paramsOf(policiesHref('sandbox', value)))).toEqual(value);
      }),
    );
  });
});

describe('a bad parameter falls back alone', () => {
  it.each<[SearchParams, Partial<ThingsQuery>, string]>([
    [{ size: '7', type: 'pump' }, { size: 25, type: 'pump' }, 'a page size that is not offered'],
    [{ size: '50; drop', type: 'pump' }, { size: 25, type: 'pump' }, 'a page size that is no number'],
    [{ type: ['a', 'b'], size: '50' }, { size: 50, type: undefined }, 'a parameter given twice'],
    [{ type: 'x'.repeat(129) }, { type: undefined }, 'longer than any name'],
    [{ token: '' }, { token: undefined }, 'an empty token'],
  ])('%o (%#)', (params, expected) => {
    expect(parseThingsQuery(params)).toMatchObject(expected);
  });

  it('such as a CA that is no id', () => {
    expect(parseCertificatesQuery({ ca: 'pump', size: '50' })).toMatchObject({ ca: undefined, size: 50 });
  });
});

describe('filterOf', () => {
  it('asks AWS for an attribute only when name and value are both there', () => {
    const query = parseThingsQuery({ attribute: 'batch' });
    expect(filterOf(query)).toEqual({ attribute: undefined, typeName: undefined });
    expect(filterOf({ ...query, value: '7' }).attribute).toEqual({ name: 'batch', value: '7' });
  });
});
