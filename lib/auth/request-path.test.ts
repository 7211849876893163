import { describe, expect, it } from 'vitest';
import { localPath } from './request-path';

describe('the way back after signing in', () => {
  it.each([
    { next: '/e/lab/things?query=a', path: '/e/lab/things?query=a', why: 'a page of ours' },
    { next: undefined, path: '/', why: 'none' },
    { next: 'https://evil.example', path: '/', why: 'another site' },
    { next: '//evil.example', path: '/', why: 'another site, without scheme' },
    { next: '/\\evil.example', path: '/', why: 'browsers read a backslash as a slash' },
    { next: '/\t/evil.example', path: '/', why: 'browsers drop tabs' },
    { next: '/.//evil.example', path: '/evil.example', why: 'dots collapse into a leading double slash' },
    { next: 'javascript:alert(1)', path: '/', why: 'a script' },
    { next: `/${'a'.repeat(3000)}`, path: '/', why: 'none of ours is so long' },
  ])('$why', ({ next, path }) => {
    expect(localPath(next)).toBe(path);
  });
});
