import fc from 'fast-check';
import type { JsonValue } from '@/lib/policy/json-text';
import { nodeValue, readJsonTree } from '@/lib/policy/json-tree';

/** Any JSON value that our reader takes: it refuses numbers that would change on the way. */
export const anyJson = (maxDepth = 4): fc.Arbitrary<JsonValue> =>
  fc
    .jsonValue({ maxDepth })
    .map((value) => readJsonTree(JSON.stringify(value)))
    .filter((read) => read.ok)
    .map((read) => (read.ok ? nodeValue(read.value) : null));
