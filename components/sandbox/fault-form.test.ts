import { describe, expect, it } from 'vitest';
import { EMPTY_FAULT, isOperation, SUGGESTED_OPERATIONS, toFaultOrder } from './fault-form';

const form = { ...EMPTY_FAULT, operation: 'DescribeThing' };

describe('the form of a fault', () => {
  it.each([
    { typed: {}, order: { fault: 'throttling' }, why: 'nothing optional' },
    {
      typed: { fault: 'latency', latencyMs: 250 },
      order: { fault: 'latency', latencyMs: 250 },
      why: 'a latency',
    },
    { typed: { latencyMs: -1 }, order: { fault: 'throttling' }, why: 'a latency that is not asked for' },
    {
      typed: { fault: 'dropped-connection', count: 3, probability: 0.5 },
      order: { fault: 'dropped-connection', count: 3, probability: 0.5 },
      why: 'everything',
    },
  ] as const)('becomes an order: $why', ({ typed, order }) => {
    const operation = 'DescribeThing';
    expect(toFaultOrder({ ...form, ...typed })).toEqual({ ok: true, value: { operation, ...order } });
  });

  it('takes a name with blanks around it, as it is pasted', () => {
    expect(toFaultOrder({ ...form, operation: ' ListThings ' })).toMatchObject({
      value: { operation: 'ListThings' },
    });
  });

  it.each([
    { typed: { operation: '' }, faulty: ['operation'], why: 'no call' },
    { typed: { operation: 'iot:DescribeThing' }, faulty: ['operation'], why: 'an IAM action' },
    { typed: { fault: 'latency', latencyMs: Number.NaN }, faulty: ['latency'], why: 'no latency' },
    { typed: { fault: 'latency', latencyMs: 60_001 }, faulty: ['latency'], why: 'over a minute' },
    { typed: { count: 0 }, faulty: ['count'], why: 'no call at all' },
    { typed: { count: 1.5 }, faulty: ['count'], why: 'half a call' },
    { typed: { probability: 0 }, faulty: ['probability'], why: 'never' },
    { typed: { probability: 1.01 }, faulty: ['probability'], why: 'more than always' },
    { typed: { operation: '?', count: -1 }, faulty: ['operation', 'count'], why: 'all faults at once' },
  ] as const)('is not sent with $why', ({ typed, faulty }) => {
    expect(toFaultOrder({ ...form, ...typed })).toEqual({ ok: false, failure: faulty });
  });

  it('suggests only what it takes', () => {
    expect(SUGGESTED_OPERATIONS.filter((name) => !isOperation(name))).toEqual([]);
  });
});
