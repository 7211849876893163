import { expect, it } from 'vitest';
import { admitPublish, PUBLISH_RATE } from './publish-rate';

it('lets an operator publish a burst, then as fast as the rate, and others meanwhile', () => {
  for (let count = 0; count < PUBLISH_RATE.burst; count += 1)
    expect(admitPublish('ada', 1000)).toBeUndefined();
  expect(admitPublish('ada', 1000)).toEqual({ kind: 'busy', retryAfterMs: 1000 / PUBLISH_RATE.perSecond });
  expect(admitPublish('emil', 1000)).toBeUndefined();
  expect(admitPublish('ada', 1000 + 1000 / PUBLISH_RATE.perSecond)).toBeUndefined();
  expect(admitPublish('ada', 1000 + 1000 / PUBLISH_RATE.perSecond)).toMatchObject({ kind: 'busy' });
});
