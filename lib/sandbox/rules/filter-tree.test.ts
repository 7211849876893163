import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterMatches } from '@/lib/sandbox/mqtt/testing/filter-matches';
import { FilterTree } from './filter-tree';

const level = fc.constantFrom('a', 'b', '', '$aws');
const topic = fc.array(level, { minLength: 1, maxLength: 5 }).map((levels) => levels.join('/'));
const filter = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { maxLength: 4 }), fc.constantFrom('#', '+', 'a', 'b'))
  .map(([levels, last]) => [...levels, last].join('/'));

describe('FilterTree', () => {
  it('finds by topic just the filters that the broker would deliver it to', () => {
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 8 }), topic, (filters, name) => {
        const tree = new FilterTree<number>();
        for (const [index, text] of filters.entries()) tree.add(text, index);
        const wanted = [...filters.keys()].filter((index) => filterMatches(filters[index] ?? '', name));
        expect(tree.match(name).sort((a, b) => a - b)).toEqual(wanted);
      }),
      { numRuns: 1000 },
    );
  });
});
