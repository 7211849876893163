import { describe, expect, it } from 'vitest';
import { type TopicFault, topicFault, topicFilterFault } from './mqtt-topic';

describe('topicFault', () => {
  it.each<[string, TopicFault | undefined, string]>([
    ['DemoThing/test', undefined, 'a topic'],
    ['/', undefined, 'empty levels are allowed by MQTT'],
    ['', 'empty', 'MQTT 5 section 4.7.3'],
    ['a/+/b', 'wildcard', 'one publishes to one topic'],
    ['a/#', 'wildcard', 'the same'],
    ['a\0b', 'zero', 'MQTT 5 section 1.5.4'],
    ['é'.repeat(128), undefined, 'the limit, in bytes of UTF-8'],
    [`${'é'.repeat(128)}a`, 'too-long', 'one byte more'],
    ['a/b/c/d/e/f/g/h', undefined, 'seven slashes'],
    ['a/b/c/d/e/f/g/h/i', 'too-many-slashes', 'eight'],
    ['$aws/rules/store/a/b/c/d/e/f/g/h', undefined, "basic ingest's own levels do not count"],
  ])('%j: %s (%s)', (topic, expected) => {
    expect(topicFault(topic)).toBe(expected);
  });
});

describe('topicFilterFault', () => {
  it.each<[string, TopicFault | undefined, string]>([
    ['#', undefined, 'everything'],
    ['+/test', undefined, 'a whole level'],
    ['a/+/#', undefined, 'both'],
    ['a+/b', 'wildcard', 'a part of a level'],
    ['a#', 'wildcard', 'a part of a level'],
    ['a/#/b', 'wildcard', 'not at the end'],
    ['$share/group/a/#', undefined, 'a shared subscription'],
    ['$share/group', 'share-group', 'nothing is shared'],
    ['$share//a', 'share-group', 'no group'],
    ['$share/+/a', 'share-group', 'a group has no wildcards'],
    ['$share/group/', 'empty', 'nothing is shared'],
    [`$share/group/${'a'.repeat(256)}`, undefined, 'the group does not count'],
    ['', 'empty', 'nothing'],
  ])('%j: %s (%s)', (filter, expected) => {
    expect(topicFilterFault(filter)).toBe(expected);
  });
});
