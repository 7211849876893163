import { ApiError } from '@/lib/sandbox/api-error';

/** IAM's limits for `MaxItems`. */
const ITEMS_DEFAULT = 100;
const ITEMS_MAX = 1000;

/** The parameters of a Query protocol request: a flat form, lists as `Tags.member.1.Key`. */
export class QueryParameters {
  readonly #form: URLSearchParams;

  constructor(form: URLSearchParams) {
    this.#form = form;
  }

  get(name: string): string | undefined {
    return this.#form.get(name) ?? undefined;
  }

  /** @throws ApiError ValidationError when it is missing or does not match */
  required(name: string, pattern: RegExp): string {
    const value = this.get(name);
    if (value === undefined || value === '') {
      throw validationError(
        `1 validation error detected: Value null at '${memberName(name)}' failed to satisfy constraint: Member must not be null`,
      );
    }
    return this.#matching(name, { value, pattern });
  }

  optional(name: string, pattern: RegExp): string | undefined {
    const value = this.get(name);
    return value === undefined ? undefined : this.#matching(name, { value, pattern });
  }

  integer(name: string, { min, max }: { min: number; max: number }): number | undefined {
    const text = this.optional(name, /^\d{1,9}$/);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (value >= min && value <= max) return value;
    throw validationError(
      `1 validation error detected: Value '${text}' at '${memberName(name)}' failed to satisfy constraint: Member must be between ${min} and ${max}`,
    );
  }

  maxItems(): number {
    return this.integer('MaxItems', { min: 1, max: ITEMS_MAX }) ?? ITEMS_DEFAULT;
  }

  /** `Tags.member.N.Key` and `.Value`; at most 50, IAM's own limit. */
  tags(): { Key: string; Value: string }[] {
    const tags: { Key: string; Value: string }[] = [];
    for (let number = 1; number <= 50; number += 1) {
      const key = this.optional(`Tags.member.${number}.Key`, /^[\s\S]{1,128}$/);
      if (key === undefined) break;
      tags.push({ Key: key, Value: this.get(`Tags.member.${number}.Value`)?.slice(0, 256) ?? '' });
    }
    return tags;
  }

  #matching(name: string, { value, pattern }: { value: string; pattern: RegExp }): string {
    if (pattern.test(value)) return value;
    throw validationError(
      `1 validation error detected: Value '${value.slice(0, 256)}' at '${memberName(name)}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern.source}`,
    );
  }
}

const memberName = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

const validationError = (message: string) => new ApiError('ValidationError', message);
