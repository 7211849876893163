import { ApiError } from '@/lib/sandbox/api-error';
import type { QueryParameters } from './query-parameters';

export type IamTag = { Key: string; Value: string };

/** IAM and AWS STS quotas: tags per role and per managed policy. */
const TAGS_MAX = 50;
const KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/** The tags of a request; their keys differ, also without regard to case. */
export function tagsIn(parameters: QueryParameters): IamTag[] {
  const tags = parameters.members('Tags').map((member) => ({
    Key: parameters.required(`${member}.Key`, KEY),
    Value: parameters.optional(`${member}.Value`, VALUE) ?? '',
  }));
  if (tags.some(({ Key }) => /^aws:/i.test(Key))) {
    throw new ApiError('InvalidInput', 'aws: prefixed tag key names are not allowed for external use.');
  }
  if (new Set(tags.map(({ Key }) => Key.toLowerCase())).size < tags.length) {
    throw new ApiError(
      'InvalidInput',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  checkCount(tags);
  return tags;
}

/** A key that is there gets the new value; keys are compared without regard to case, and keep the case given last. */
export function withTags(before: readonly IamTag[], parameters: QueryParameters): IamTag[] {
  const tags = new Map([...before, ...tagsIn(parameters)].map((tag) => [tag.Key.toLowerCase(), tag]));
  checkCount([...tags.values()]);
  return [...tags.values()];
}

export function withoutTags(before: readonly IamTag[], parameters: QueryParameters): IamTag[] {
  const keys = new Set(parameters.list('TagKeys', KEY).map((key) => key.toLowerCase()));
  return before.filter(({ Key }) => !keys.has(Key.toLowerCase()));
}

function checkCount(tags: readonly IamTag[]): void {
  if (tags.length <= TAGS_MAX) return;
  throw new ApiError('LimitExceeded', `The number of tags has reached the maximum limit of ${TAGS_MAX}.`);
}
