import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterMatches } from '@/lib/sandbox/mqtt/testing/filter-matches';
import { SubscriptionTree, sharedParts } from './subscription-tree';

const ONCE = { qos: 0, noLocal: false, retainAsPublished: false } as const;
const levels = fc.constantFrom('a', 'b', '', '$aws', '$x');
const topics = fc.array(levels, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const filters = fc
  .tuple(fc.array(fc.oneof(levels, fc.constant('+')), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([names, open]) => [...names, ...(open ? ['#'] : [])].join('/'));

describe('a filter in a SubscriptionTree', () => {
  it.each([
    ['a/b', 'a/b', true, 'the same'],
    ['a/b', 'a/b/c', false, 'deeper'],
    ['a/+', 'a/b', true, 'one level'],
    ['a/+', 'a/b/c', false, '+ is one level only'],
    ['a/+/c', 'a//c', true, 'an empty level is a level'],
    ['a/#', 'a/b/c', true, 'the rest'],
    ['a/#', 'a', false, 'AWS: # does not match its parent'],
    ['#', 'a', true, 'everything'],
    ['#', '$aws/events/x', false, 'but nothing reserved [MQTT-4.7.2-1]'],
    ['+/events', '$aws/events', false, 'the same with +'],
    ['$aws/events/#', '$aws/events/x', true, 'unless it is named'],
    ['a', 'A', false, 'case counts'],
  ])('%s against %s -> %s (%s)', (filter, topic, expected) => {
    const tree = new SubscriptionTree<string>();
    tree.set(filter, 'me', ONCE);
    expect(tree.takersOf(topic).subscribers.has('me')).toBe(expected);
  });
});

describe('SubscriptionTree', () => {
  it('finds exactly the subscribers whose filter matches', () => {
    fc.assert(
      fc.property(fc.uniqueArray(filters, { maxLength: 12 }), topics, (known, topic) => {
        const tree = new SubscriptionTree<string>();
        for (const filter of known) tree.set(filter, filter, ONCE);
        const found = new Set(tree.takersOf(topic).subscribers.keys());
        expect(found).toEqual(new Set(known.filter((filter) => filterMatches(filter, topic))));
      }),
    );
  });

  it('finds nothing any more when all have left, in whatever order they came', () => {
    fc.assert(
      fc.property(fc.array(filters, { maxLength: 12 }), topics, (known, topic) => {
        const tree = new SubscriptionTree<string>();
        for (const filter of known) tree.set(filter, 'me', ONCE);
        for (const filter of known) tree.delete(filter, 'me');
        expect(tree.takersOf(topic)).toEqual({ subscribers: new Map(), groups: [] });
      }),
    );
  });

  it('names a subscriber once, with the most that one of its filters grants', () => {
    const tree = new SubscriptionTree<string>();
    tree.set('a/+', 'me', { qos: 0, noLocal: true, retainAsPublished: false });
    tree.set('a/#', 'me', { qos: 1, noLocal: false, retainAsPublished: true });
    expect([...tree.takersOf('a/b').subscribers]).toEqual([
      ['me', { qos: 1, noLocal: false, retainAsPublished: true }],
    ]);
  });

  it('keeps the groups of a filter apart from each other and from plain subscribers', () => {
    const tree = new SubscriptionTree<string>();
    tree.set('$share/one/a/+', 'first', ONCE);
    tree.set('$share/one/a/+', 'second', ONCE);
    tree.set('$share/two/a/+', 'third', ONCE);
    tree.set('a/+', 'plain', ONCE);
    const { subscribers, groups } = tree.takersOf('a/b');
    expect([...subscribers.keys()]).toEqual(['plain']);
    expect(groups.map((group) => [...group.keys()])).toEqual([['first', 'second'], ['third']]);
    tree.delete('$share/one/a/+', 'first');
    tree.delete('$share/one/a/+', 'second');
    expect(tree.takersOf('a/b').groups).toHaveLength(1);
  });
});

describe('SubscriptionTree with very many groups', () => {
  it('names them all', () => {
    const tree = new SubscriptionTree<string>();
    for (let count = 0; count < 200_000; count += 1) tree.set(`$share/${count}/a`, 'me', ONCE);
    expect(tree.takersOf('a').groups).toHaveLength(200_000);
  });
});

describe('sharedParts', () => {
  it.each([
    ['$share/group/a/+', { group: 'group', filter: 'a/+' }],
    ['$share/group/', undefined],
    ['$share//a', undefined],
    ['$share/group', undefined],
    ['a/$share/b/c', undefined],
  ])('%s -> %o', (filter, parts) => {
    expect(sharedParts(filter)).toEqual(parts);
  });
});
