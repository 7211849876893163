import { describe, expect, it } from 'vitest';
import { isWithin, writtenPath } from './written-path';

describe('a written path', () => {
  it.each([
    { path: [], written: '$' },
    {
      path: ['Resources', 'thing', 'Properties', 'ThingGroups', 0],
      written: '$.Resources.thing.Properties.ThingGroups[0]',
    },
    {
      path: ['Parameters', 'AWS::IoT::Certificate::Id'],
      written: '$.Parameters["AWS::IoT::Certificate::Id"]',
    },
  ])('reads $written', ({ path, written }) => {
    expect(writtenPath(path)).toBe(written);
  });

  it.each([
    { path: '$.Resources.thing', place: '$.Resources.thing', is: true, why: 'it is the place' },
    { path: '$.Resources.thing.Type', place: '$.Resources.thing', is: true, why: 'it lies inside' },
    { path: '$.Resources.thing2', place: '$.Resources.thing', is: false, why: 'it only begins alike' },
    { path: '$.Resources', place: '$.Resources.thing', is: false, why: 'it lies around' },
  ])('is within a place or not: $why', ({ path, place, is }) => {
    expect(isWithin(path, place)).toBe(is);
  });
});
