import { describe, expect, it } from 'vitest';
import { filesInFolder } from './found-file';

type Tree = { [name: string]: Tree | string };

function folderOf(name: string, tree: Tree): Parameters<typeof filesInFolder>[0] & { kind: 'directory' } {
  return {
    kind: 'directory',
    name,
    async *getEntries() {
      for (const [entry, content] of Object.entries(tree)) {
        yield typeof content === 'string'
          ? { kind: 'file' as const, name: entry, getFile: async () => new File([content], entry) }
          : folderOf(entry, content);
      }
    },
  };
}

describe('the files of a dropped folder', () => {
  const folder = folderOf('batch', {
    'a.csr': '1',
    line: { 'b.csr': '2', deep: { 'c.csr': '3' } },
    'd.csr': '4',
  });

  it('are named as seen from it, however deep they lie', async () => {
    const { files, hasMore } = await filesInFolder(folder, 10);
    expect(hasMore).toBe(false);
    expect(files.map(({ path }) => path)).toEqual(['a.csr', 'd.csr', 'line/b.csr', 'line/deep/c.csr']);
  });

  it('are read up to the bound, and no further', async () => {
    const { files, hasMore } = await filesInFolder(folder, 3);
    expect({ count: files.length, hasMore }).toEqual({ count: 3, hasMore: true });
    expect(await filesInFolder(folder, 4)).toMatchObject({ hasMore: false });
  });
});
