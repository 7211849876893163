import { ApiError, invalidRequest } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import { type TagRecord, TagTables } from './tag-tables';
import { isFoundWithoutRow } from './taggable';

/** AWS IoT Core Developer Guide, "Tag restrictions and limitations". */
const TAGS_MAX = 50;

/** As the SDK's `Tag`, which every `tags` member of a request is a list of. */
export type TagInput = { Key: string | undefined; Value?: string | undefined };

/** What a resource's tags are; none when it has never been tagged. */
export function tagsOf(scope: Scope, arn: string): readonly TagRecord[] {
  return scope.region.family(TagTables).tagsByArn.get(arn)?.tags ?? [];
}

/**
 * For every operation that creates something with a `tags` member: keeps `tags` as those of the new resource, and makes it
 * known to TagResource. Call it when nothing else can be refused any more and before the resource's own row is written, so
 * that bad tags leave nothing behind; call it without tags as well.
 *
 * @param arn - of the resource, which may have no row yet
 * @throws ApiError InvalidRequestException
 */
export function saveTags(scope: Scope, arn: string, tags: readonly TagInput[] | undefined): void {
  const saved = checkedTags(tags ?? []);
  if (saved.length > TAGS_MAX) throw invalidRequest(`A resource can have at most ${TAGS_MAX} tags`);
  if (saved.length === 0 && isFoundWithoutRow(arn)) return;
  scope.region.family(TagTables).tagsByArn.set(arn, { tags: saved });
}

/**
 * Whether a resource has just the tags that its creation is asked for again with; true when the request names none.
 * Creations that may be repeated count tags as part of the configuration.
 */
export function sameTags(scope: Scope, arn: string, tags: readonly TagInput[] | undefined): boolean {
  if (tags === undefined) return true;
  const byKey = new Map(tagsOf(scope, arn).map(({ Key, Value }) => [Key, Value]));
  const asked = checkedTags(tags);
  return asked.length === byKey.size && asked.every(({ Key, Value }) => byKey.get(Key) === Value);
}

/** For every operation that deletes what {@link saveTags} was called for. */
export function forgetTags(scope: Scope, arn: string): void {
  scope.region.family(TagTables).tagsByArn.delete(arn);
}

/** Adds `tags` to what the resource has; a key that is there gets the new value. */
export function addTags(scope: Scope, arn: string, tags: readonly TagInput[]): void {
  const added = checkedTags(tags);
  const byKey = new Map([...tagsOf(scope, arn), ...added].map((tag) => [tag.Key, tag]));
  if (byKey.size > TAGS_MAX) {
    throw new ApiError(
      'LimitExceededException',
      `The resource ${arn} can have at most ${TAGS_MAX} tags, and would have ${byKey.size}`,
    );
  }
  scope.region.family(TagTables).tagsByArn.set(arn, { tags: [...byKey.values()] });
}

/** Keys that are not there are removed already. The row stays: it says that the resource can be tagged. */
export function removeTags(scope: Scope, arn: string, keys: readonly string[]): void {
  const before = tagsOf(scope, arn);
  const tags = before.filter(({ Key }) => !keys.includes(Key));
  if (tags.length < before.length) scope.region.family(TagTables).tagsByArn.set(arn, { tags });
}

/** The prefix is AWS's own, in keys and in values. Lengths and characters were checked against the service model. */
function checkedTags(tags: readonly TagInput[]): TagRecord[] {
  const checked = tags.map(({ Key = '', Value = '' }) => {
    if (/^aws:/i.test(Key) || /^aws:/i.test(Value)) {
      throw invalidRequest(`The tag ${Key} is not valid: the prefix aws: is reserved for AWS use`);
    }
    return { Key, Value };
  });
  if (new Set(checked.map(({ Key }) => Key)).size === checked.length) return checked;
  throw invalidRequest('The tags are not valid: a key is given more than once');
}
