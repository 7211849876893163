import { expect, test } from 'vitest';
import { PEM_BYTES_MAX } from '@/lib/pki/pem';
import { readFile } from './read-file';

test('a file over the bound is refused unread', async () => {
  const file = new Blob([new Uint8Array(PEM_BYTES_MAX + 1)]);
  file.arrayBuffer = () => Promise.reject(new Error('read'));
  expect(await readFile(file)).toEqual({
    ok: false,
    failure: { kind: 'file-too-big', bytes: PEM_BYTES_MAX + 1, bytesMax: PEM_BYTES_MAX },
  });
});

test('a file within the bound is read', async () => {
  expect(await readFile(new Blob(['abc']))).toEqual({ ok: true, value: new TextEncoder().encode('abc') });
});
