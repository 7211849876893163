import { ApiError } from '@/lib/sandbox/api-error';

/** Far above what anybody's set-up lists, and a bound on what one request can ask for. */
const LIST_ITEMS_MAX = 1000;

/** The parameters of a Query protocol request: a flat form, lists as `ActionNames.member.1`. */
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
    if (value !== undefined && value !== '') return this.#matching(name, { value, pattern });
    throw validationError(`Value null at '${memberName(name)}'`, 'Member must not be null');
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
    const [bound, limit] = value < min ? ['greater', min] : ['less', max];
    throw validationError(
      `Value '${text}' at '${memberName(name)}'`,
      `Member must have value ${bound} than or equal to ${limit}`,
    );
  }

  boolean(name: string): boolean | undefined {
    const text = this.optional(name, /^(?:true|false)$/i);
    return text === undefined ? undefined : text.toLowerCase() === 'true';
  }

  /** The texts `<name>.member.1` and so on. */
  list(name: string, pattern: RegExp): string[] {
    return this.members(name).map((member) => this.required(member, pattern));
  }

  /** The prefixes `<name>.member.1` and so on, under which there is a value or a structure's members. */
  members(name: string): string[] {
    const prefix = `${name}.member.`;
    const numbers = new Set<number>();
    for (const key of this.#form.keys()) {
      if (!key.startsWith(prefix)) continue;
      const number = Number(/^\d{1,4}/.exec(key.slice(prefix.length))?.[0]);
      if (number >= 1) numbers.add(number);
    }
    if (numbers.size > LIST_ITEMS_MAX) {
      throw validationError(
        `Value at '${memberName(name)}'`,
        `Member must have length less than or equal to ${LIST_ITEMS_MAX}`,
      );
    }
    return [...numbers].sort((a, b) => a - b).map((number) => `${prefix}${number}`);
  }

  /**
   * Refuses parameters that would change what the answer means and are not built.
   *
   * @throws ApiError InvalidInput
   */
  refuse(...names: readonly string[]): void {
    for (const key of this.#form.keys()) {
      const name = names.find((refused) => key === refused || key.startsWith(`${refused}.`));
      if (name !== undefined) throw new ApiError('InvalidInput', `${name} is not supported by the sandbox`);
    }
  }

  #matching(name: string, { value, pattern }: { value: string; pattern: RegExp }): string {
    if (pattern.test(value)) return value;
    throw validationError(
      `Value '${value.slice(0, 256)}' at '${memberName(name)}'`,
      `Member must satisfy regular expression pattern: ${pattern.source}`,
    );
  }
}

const memberName = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

const validationError = (what: string, constraint: string) =>
  new ApiError(
    'ValidationError',
    `1 validation error detected: ${what} failed to satisfy constraint: ${constraint}`,
  );
