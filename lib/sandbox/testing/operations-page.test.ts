import { describe, expect, it } from 'vitest';
import { SERVICES } from '@/lib/sandbox/http/services';
import { operationsPage } from './operations-page';

describe('the page of operations', () => {
  it.each(SERVICES)('%s: what is built is in the model, by its name', (_, { names, built }) => {
    expect([...built].filter((operation) => !names.has(operation))).toEqual([]);
  });

  it('is the one in docs', async () => {
    await expect(operationsPage()).toMatchFileSnapshot('../../../docs/sandbox-operations.md');
  });
});
