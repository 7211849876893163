import { expect, it } from 'vitest';
import { matchesTopicFilter } from './matches-topic-filter';

const TOPIC = '$aws/events/certificates/registered/abc';

it.each([
  { filter: TOPIC, matches: true, reason: 'the topic itself' },
  { filter: '$aws/events/certificates/registered/+', matches: true, reason: 'any CA' },
  { filter: '$aws/events/certificates/#', matches: true, reason: 'everything below' },
  { filter: '$aws/events/certificates/registered/abc/#', matches: true, reason: '# covers its parent, too' },
  { filter: '$aws/events/certificates/registered/xyz', matches: false, reason: 'another CA' },
  { filter: '$aws/events/certificates/registered', matches: false, reason: 'a level short' },
  { filter: '$aws/events/certificates/registered/abc/+', matches: false, reason: 'a level long' },
  { filter: '#', matches: false, reason: 'a first wildcard covers nothing under $' },
  { filter: '+/events/certificates/registered/abc', matches: false, reason: 'neither does +' },
])('$filter: $matches, $reason', ({ filter, matches }) => {
  expect(matchesTopicFilter(filter, TOPIC)).toBe(matches);
});
