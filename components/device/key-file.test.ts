import { expect, test } from 'vitest';
import { PEM_BYTES_MAX } from '@/lib/pki/pem';
import { DROPPED_BYTES_MAX } from './key-file';

test('the page takes exactly the files that the engine reads', () => {
  expect(DROPPED_BYTES_MAX).toBe(PEM_BYTES_MAX);
});
