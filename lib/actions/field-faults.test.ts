import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldFaults } from './field-faults';

const schema = z.strictObject({
  name: z.string().min(1).max(3),
  code: z.string().regex(/^x/, 'code-wrong'),
  list: z.array(z.number().min(2)).max(2),
  nested: z.object({ kind: z.enum(['a', 'b']) }),
});
const good = { name: 'a', code: 'x', list: [2], nested: { kind: 'a' } };

describe('the faults of an input', () => {
  it.each([
    { input: { ...good, name: '' }, faults: { name: [{ code: 'required' }] }, why: 'an empty text' },
    { input: { ...good, name: undefined }, faults: { name: [{ code: 'required' }] }, why: 'a missing one' },
    {
      input: { ...good, name: 'abcd' },
      faults: { name: [{ code: 'too-long', params: { maximum: 3 } }] },
      why: 'a bound',
    },
    { input: { ...good, name: 1 }, faults: { name: [{ code: 'invalid' }] }, why: 'another type' },
    {
      input: { ...good, code: 'y' },
      faults: { code: [{ code: 'code-wrong' }] },
      why: "the schema's own code",
    },
    {
      input: { ...good, list: [2, 2, 2] },
      faults: { list: [{ code: 'too-many', params: { maximum: 2 } }] },
      why: 'a list',
    },
    {
      input: { ...good, list: [1] },
      faults: { 'list.0': [{ code: 'too-small', params: { minimum: 2 } }] },
      why: 'a number',
    },
    {
      input: { ...good, nested: { kind: 'c' } },
      faults: { 'nested.kind': [{ code: 'not-allowed' }] },
      why: 'a choice',
    },
    { input: { ...good, more: 1 }, faults: { form: [{ code: 'not-allowed' }] }, why: 'an unknown field' },
    { input: 'text', faults: { form: [{ code: 'invalid' }] }, why: 'no object at all' },
  ])('are codes: $why', ({ input, faults }) => {
    const parsed = schema.safeParse(input);
    expect(parsed.error && fieldFaults(parsed.error)).toEqual(faults);
  });
});
