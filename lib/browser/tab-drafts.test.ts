import { expect, test } from 'vitest';
import { clearDrafts, DRAFT_PREFIX } from './tab-drafts';

test('every draft is removed, and nothing of others', () => {
  const stored = new Map([
    [`${DRAFT_PREFIX}a`, '1'],
    ['theirs', '2'],
    [`${DRAFT_PREFIX}b`, '3'],
  ]);
  clearDrafts({
    get length() {
      return stored.size;
    },
    key: (index) => [...stored.keys()][index] ?? null,
    removeItem: (key) => stored.delete(key),
  });
  expect([...stored.keys()]).toEqual(['theirs']);
});
