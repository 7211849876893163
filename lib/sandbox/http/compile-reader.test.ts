import { DescribeCACertificateResponse$, RegisterCACertificateRequest$ } from '@aws-sdk/client-iot';
import { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import constraints from '@/lib/sandbox/constraints.json' with { type: 'json' };
import { compileReader } from './compile-reader';
import { compileWriter } from './compile-writer';
import { compiledPattern } from './constraints';

const read = compileReader(NormalizedSchema.of(RegisterCACertificateRequest$), undefined);
const write = compileWriter(NormalizedSchema.of(DescribeCACertificateResponse$));

describe('a compiled reader', () => {
  it('keeps what the model knows and drops the rest', () => {
    const body = { caCertificate: 'x', tags: [{ Key: 'a', Value: 'b', c: 1 }], unknown: 1 };
    expect(read(body, '')).toEqual({ caCertificate: 'x', tags: [{ Key: 'a', Value: 'b' }] });
  });

  it.each([
    [{}, /Value null at 'caCertificate' .*Member must not be null/],
    [{ caCertificate: '' }, /at 'caCertificate' .*length greater than or equal to 1/],
    [{ caCertificate: 'x'.repeat(65_537) }, /length less than or equal to 65536/],
    [
      { caCertificate: 'x', certificateMode: 'BOTH' },
      /'BOTH' at 'certificateMode' .*enum value set: \[DEFAULT, SNI_ONLY\]/,
    ],
    [
      { caCertificate: 'x', registrationConfig: { templateName: 'a b' } },
      /at 'registrationConfig.templateName' .*pattern/,
    ],
    [{ caCertificate: 'x', tags: [{ Value: 'b' }] }, /at 'tags.1.member.Key'/],
  ])('says what is wrong with %j', (body, message) => {
    expect(() => read(body, '')).toThrow(message);
  });

  it('either reads a JSON value or refuses it as an API error', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('caCertificate', 'tags', 'registrationConfig'),
        (value, name) => {
          try {
            read({ caCertificate: 'x', [name]: value }, '');
          } catch (error) {
            expect(error).toMatchObject({ code: 'InvalidRequestException' });
          }
        },
      ),
    );
  });
});

describe('a compiled writer', () => {
  it('writes times as epoch seconds and leaves out what is undefined', () => {
    const creationDate = new Date(1_500);
    const output = { certificateDescription: { creationDate, status: undefined, other: 1 } };
    expect(write(output)).toEqual({ certificateDescription: { creationDate: 1.5 } });
  });
});

it('every pattern of the model compiles', () => {
  const patterns = Object.values(constraints.shapes).flatMap((shape) =>
    'pattern' in shape ? shape.pattern : [],
  );
  expect(patterns.length).toBeGreaterThan(100);
  for (const pattern of patterns) expect(() => compiledPattern(pattern)).not.toThrow();
});
