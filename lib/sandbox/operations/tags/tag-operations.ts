import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-iot';
import { required } from '@/lib/sandbox/api-error';
import type { Operations } from '@/lib/sandbox/operations/operation';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { Scope } from '@/lib/sandbox/scope';
import { addTags, removeTags, tagsOf } from './saved-tags';
import { requireTaggable } from './taggable';

function tagResource(scope: Scope, input: TagResourceRequest): object {
  const arn = required(input.resourceArn, 'resourceArn');
  requireTaggable(scope, arn);
  addTags(scope, arn, required(input.tags, 'tags'));
  return {};
}

function untagResource(scope: Scope, input: UntagResourceRequest): object {
  const arn = required(input.resourceArn, 'resourceArn');
  requireTaggable(scope, arn);
  removeTags(scope, arn, required(input.tagKeys, 'tagKeys'));
  return {};
}

/** The operation has no size parameter; a resource's tags fit one page, so that no token is ever given. */
function listTagsForResource(scope: Scope, input: ListTagsForResourceRequest): ListTagsForResourceResponse {
  const arn = required(input.resourceArn, 'resourceArn');
  requireTaggable(scope, arn);
  const tags = tagsOf(scope, arn);
  const { items } = pageOf(
    scope,
    { of: ['ListTagsForResource', arn], token: input.nextToken, size: tags.length + 1 },
    { items: tags, keyOf: (tag) => tag.Key },
  );
  return { tags: items.map((tag) => ({ ...tag })) };
}

export const tagOperations = {
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
} satisfies Operations;
