import { describe, expect, it } from 'vitest';
import { readFiles, readText } from './file-content';

describe('reading what was dropped', () => {
  it('takes each file on its own: the good ones are kept, the others named', async () => {
    const unreadable = new File(['x'], 'folder');
    unreadable.arrayBuffer = () => Promise.reject(new DOMException('a folder', 'NotFoundError'));
    const read = await readFiles(
      [new File(['abc'], 'a.pem'), new File(['abcdef'], 'b.pem'), new File([], 'c.pem'), unreadable],
      5,
    );
    expect(read.contents).toEqual([{ name: 'a.pem', bytes: new TextEncoder().encode('abc') }]);
    expect(read.faults).toEqual([
      { code: 'tooLarge', name: 'b.pem', bytes: 6 },
      { code: 'empty', name: 'c.pem' },
      { code: 'unreadable', name: 'folder' },
    ]);
  });

  it.each([
    { text: 'abcde', faults: [], why: 'at the bound' },
    {
      text: 'ああ',
      faults: [{ code: 'tooLarge', name: 'paste', bytes: 6 }],
      why: 'bytes count, not characters',
    },
    { text: ' \n', faults: [{ code: 'empty', name: 'paste' }], why: 'only blanks' },
  ])('pasted text: $why', ({ text, faults }) => {
    expect(readText(text, 5, 'paste').faults).toEqual(faults);
  });
});
