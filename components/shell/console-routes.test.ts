import { describe, expect, it } from 'vitest';
import { consoleHref, pageOfPath } from './console-routes';

describe('the page of a path', () => {
  it.each([
    { path: '/e/lab', page: 'overview', why: 'the environment itself' },
    { path: '/e/lab/devices', page: 'devices', why: 'a list' },
    { path: '/e/lab/devices/issue', page: 'issue', why: 'the longest address wins' },
    { path: '/e/lab/devices/4c1f', page: 'devices', why: 'a detail belongs to its list' },
    { path: '/e/lab/certificates', page: 'certificates', why: 'no page is taken for one that begins alike' },
    { path: '/e/lab/certificate-authorities/register', page: 'certificateAuthorities', why: 'a wizard' },
    { path: '/audit', page: 'audit', why: 'outside of environments' },
    { path: '/e/other/devices', page: undefined, why: 'another environment' },
    { path: '/e/lab/unknown', page: undefined, why: 'no page of the navigation' },
  ])('$path: $why', ({ path, page }) => {
    expect(pageOfPath(path, 'lab')).toBe(page);
  });

  it('leads there and back', () => {
    expect(pageOfPath(consoleHref('things', 'lab'), 'lab')).toBe('things');
  });
});
