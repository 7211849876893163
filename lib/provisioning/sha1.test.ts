import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha1Hex } from './sha1';

describe('sha1Hex (FIPS 180-4)', () => {
  it.each([
    ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'empty message'],
    ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d', 'one block'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '84983e441c3bd26ebaae4aa1f95129e5e54670f1',
      'two blocks',
    ],
  ])('%j is %s (%s)', (text, digest) => {
    expect(sha1Hex(text)).toBe(digest);
  });

  it('agrees with OpenSSL through Node at every length around the block borders', () => {
    for (let length = 0; length < 200; length += 1) {
      const text = 'ü'.repeat(length);
      expect(sha1Hex(text)).toBe(createHash('sha1').update(text).digest('hex'));
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(sha1Hex(text)).toBe(createHash('sha1').update(text).digest('hex'));
      }),
    );
  });
});
