import { describe, expect, it } from 'vitest';
import { readTemplateDraft, type TemplateDraft, templateDraftKey, writeTemplateDraft } from './draft-storage';

class MemoryStorage {
  private readonly kept = new Map<string, string>();
  get length() {
    return this.kept.size;
  }
  key = (index: number) => [...this.kept.keys()][index] ?? null;
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

const draft: TemplateDraft = {
  savedAt: '2026-11-22T08:00:00.000Z',
  opened: { body: '{}', roleArn: '' },
  body: '{"a":1}',
  roleArn: 'arn:aws:iam::123456789012:role/JITPRole',
  config: '{"templateBody":"{\\"a\\":1}"}',
  broken: { view: 'template', text: '{"a":' },
};
const keyOf = (subject: string) => templateDraftKey({ operatorId: 'op', environmentId: 'sandbox', subject });

describe('a template draft', () => {
  it('comes back as it was written, broken text and all', () => {
    const storage = new MemoryStorage();
    expect(writeTemplateDraft(storage, keyOf('new'), draft)).toBe(true);
    expect(readTemplateDraft(storage, keyOf('new'))).toEqual(draft);
    expect(readTemplateDraft(storage, keyOf('other'))).toBeUndefined();
  });

  it.each([
    { written: 'oops', why: 'it is no JSON' },
    { written: '{"version":2}', why: 'another version wrote it' },
    { written: JSON.stringify({ version: 1, ...draft, body: 'x'.repeat(70_000) }), why: 'it is too long' },
  ])('is not taken where $why', ({ written }) => {
    const storage = new MemoryStorage();
    storage.setItem(keyOf('new'), written);
    expect(readTemplateDraft(storage, keyOf('new'))).toBeUndefined();
  });

  it.each(['body', 'config', 'roleArn'] as const)('is not kept with a private key in its %s', (member) => {
    const storage = new MemoryStorage();
    writeTemplateDraft(storage, keyOf('new'), draft);
    const leaking = { ...draft, [member]: '-----BEGIN ENCRYPTED PRIVATE KEY-----' };
    expect(writeTemplateDraft(storage, keyOf('new'), leaking)).toBe(false);
    expect(storage.length).toBe(0);
  });

  it('makes the oldest of its environment give way, and no others', () => {
    const storage = new MemoryStorage();
    const elsewhere = templateDraftKey({ operatorId: 'op', environmentId: 'aws', subject: 'new' });
    writeTemplateDraft(storage, elsewhere, { ...draft, savedAt: '2020-01-01T00:00:00.000Z' });
    for (let day = 10; day < 22; day += 1) {
      writeTemplateDraft(storage, keyOf(`t${day}`), { ...draft, savedAt: `2026-11-${day}T08:00:00.000Z` });
    }
    expect(readTemplateDraft(storage, keyOf('t11'))).toBeUndefined();
    expect(readTemplateDraft(storage, keyOf('t12'))).toBeDefined();
    expect(readTemplateDraft(storage, elsewhere)).toBeDefined();
    expect(storage.length).toBe(11);
  });

  it('keeps names with slashes apart', () => {
    expect(keyOf('a/b')).not.toBe(
      templateDraftKey({ operatorId: 'op', environmentId: 'sandbox/a', subject: 'b' }),
    );
  });
});
