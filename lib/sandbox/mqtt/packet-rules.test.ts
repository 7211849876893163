import { describe, expect, it } from 'vitest';
import { clientIdFault, grantedKeepAlive, grantedSessionExpiry } from './packet-rules';

describe('grantedKeepAlive (AWS IoT Core quotas)', () => {
  it.each([
    [0, 1200, 'none wanted: the default'],
    [5, 30, 'below'],
    [60, 60, 'within'],
    [65_535, 1200, 'above'],
  ])('%d s -> %d s (%s)', (wanted, granted) => {
    expect(grantedKeepAlive(wanted)).toBe(granted);
  });
});

describe('grantedSessionExpiry (AWS IoT Core quotas)', () => {
  it.each([
    [0, 0],
    [60, 60],
    [4_294_967_295, 3600],
  ])('%d s -> %d s', (wanted, granted) => {
    expect(grantedSessionExpiry(wanted)).toBe(granted);
  });
});

describe('clientIdFault', () => {
  it.each<[string, string | undefined]>([
    ['DemoThing', undefined],
    ['', 'empty'],
    ['$x', 'reserved'],
    ['a'.repeat(128), undefined],
    ['a'.repeat(129), 'too-long'],
    ['é'.repeat(65), 'too-long'],
  ])('%s -> %s', (clientId, fault) => {
    expect(clientIdFault(clientId)).toBe(fault);
  });
});
