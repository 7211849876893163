import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe("AWS's published configs", () => {
  it.each([
    ['jitp-admin.json', '669a8645da2ef26f353319cb71799c285687061953ad7f05600e71e50393534b'],
    ['jitp-predefined-policy.json', 'ff5b8690e037f8b47e93a4418f2b8c87b91265249174e7d7d23cd743e8f7326c'],
    ['jitp-scoped.json', 'dd1713882fd15e84428b98f1827f5340ca5d29a0df17736c0c1511cdb0601814'],
  ])(
    '%s is byte for byte as published: its escapes are the point, and formatters like to change them',
    (file, digest) => {
      const bytes = readFileSync(new URL(`./fixtures/${file}`, import.meta.url));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
    },
  );
});
