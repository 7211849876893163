import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isTrustedPlace, textsOf } from './read-package';

const SANDBOX = 'http://127.0.0.1:4567';

describe('an address of a package', () => {
  it.each([
    [
      'S3',
      'https://awslambda-eu-west-1-tasks.s3.eu-west-1.amazonaws.com/snapshots/x?X-Amz=1',
      undefined,
      true,
    ],
    ['S3 in China', 'https://awslambda.s3.cn-north-1.amazonaws.com.cn/x', undefined, true],
    ['S3 without TLS', 'http://x.s3.amazonaws.com/x', undefined, false],
    ['somebody’s', 'https://amazonaws.com.example.org/x', undefined, false],
    ['somebody’s with a name that ends alike', 'https://evilamazonaws.com/x', undefined, false],
    ['of this machine', 'http://127.0.0.1:9000/x', undefined, false],
    ['of the metadata service', 'http://169.254.169.254/latest', undefined, false],
    ['of the endpoint itself', `${SANDBOX}/_sandbox/functions/a/b.zip`, SANDBOX, true],
    ['of another port of the endpoint', 'http://127.0.0.1:4568/x', SANDBOX, false],
    ['of S3, told by another endpoint', 'https://x.s3.amazonaws.com/x', SANDBOX, false],
    ['that is none', 'nowhere', undefined, false],
  ])('%s: %s', (_whose, location, endpoint, isTrusted) => {
    expect(isTrustedPlace(location, endpoint)).toBe(isTrusted);
  });
});

describe('a package', () => {
  it('gives its texts at the top, stored or deflated', () => {
    const files = {
      'index.js': strToU8('one'),
      'lambda.py': strToU8('two'),
      'lib/deep.js': strToU8('three'),
    };
    const texts = [
      { name: 'index.js', text: 'one' },
      { name: 'lambda.py', text: 'two' },
    ];
    for (const level of [0, 9] as const) {
      expect(textsOf(Buffer.from(zipSync(files, { level })))).toEqual(texts);
    }
  });

  it('keeps a file that would unpack to megabytes to itself', () => {
    const bomb = zipSync({ 'index.js': new Uint8Array(50_000_000) });
    expect(textsOf(Buffer.from(bomb))).toEqual([]);
  });

  it('never does anything but give texts or throw an error, whatever is in it', () => {
    const archive = zipSync({ 'index.js': strToU8('text '.repeat(20)), 'a.py': strToU8('x') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { maxLength: 6 }),
        (changes) => {
          const broken = Buffer.from(archive);
          for (const [at, byte] of changes) broken[at] = byte;
          try {
            expect(textsOf(broken).length).toBeLessThanOrEqual(2);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        },
      ),
    );
  });
});
