import type { TagInput } from '@/lib/sandbox/operations/tags/saved-tags';

/** The header `x-amz-tagging` carries tags as a query string: `key1=value1&key2=value2` (API Reference, CreateTopicRule). */
export function tagsOfHeader(header: string): TagInput[] {
  return [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value }));
}
