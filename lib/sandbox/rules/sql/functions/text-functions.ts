/**
 * Functions over strings. AWS IoT Core Developer Guide, "Functions": other types are converted, Null and Undefined make the result
 * Undefined.
 * @module
 */
import { createHash } from 'node:crypto';
import type { SqlBudget } from '@/lib/sandbox/rules/sql/budget';
import { toInt, toText } from '@/lib/sandbox/rules/sql/convert';
import type { SqlEnvironment } from '@/lib/sandbox/rules/sql/environment';
import { isArray, type SqlValue } from '@/lib/sandbox/rules/sql/value';
import { regexpMatches, regexpReplace, regexpSubstr } from './regexp';
import { always, newer, type SqlFunction } from './sql-function';

/** The guide bounds what `lpad` and `rpad` add. */
const PADDING_MAX = 1000;

type TextFunction<Value> = (texts: readonly [string, string, string], budget: SqlBudget) => Value;

/** A function whose arguments are all strings. */
function texts(count: number, run: TextFunction<SqlValue>): SqlFunction['run'] {
  return (args, { budget }) => {
    const [first = '', second = '', third = ''] = args.flatMap((argument) => toText(argument) ?? []);
    return args.some((argument) => toText(argument) === undefined) || args.length !== count
      ? undefined
      : run([first, second, third], budget);
  };
}

const ofText = (run: TextFunction<SqlValue>) => always(1, 1, texts(1, run));
const ofTwoTexts = (run: TextFunction<SqlValue>) => always(2, 2, texts(2, run));
const ofThreeTexts = (run: TextFunction<SqlValue>) => always(3, 3, texts(3, run));

const hash = (algorithm: string) => ofText(([text]) => createHash(algorithm).update(text).digest('hex'));

const padded = (pad: (text: string, spaces: string) => string): SqlFunction =>
  always(2, 2, ([first, second]) => {
    const [text, count] = [toText(first), toInt(second)];
    if (text === undefined || count === undefined) return undefined;
    return pad(text, ' '.repeat(Math.min(Math.max(count, 0), PADDING_MAX)));
  });

/** No argument is Undefined, one is left as it is; an array among several makes an array, otherwise it is a string. */
function concat(args: readonly SqlValue[], { budget }: SqlEnvironment): SqlValue {
  if (args.length < 2) return args[0];
  budget.allow(args.reduce((size: number, argument) => size + budget.sizeOf(argument), 0));
  if (args.some(isArray)) return args.flatMap((argument) => (isArray(argument) ? argument : [argument]));
  const parts = args.map(toText);
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length && args.some((argument) => typeof argument === 'string')
    ? known.join('')
    : undefined;
}

function replaced([text, part, other]: readonly [string, string, string], budget: SqlBudget): string {
  budget.allowSearch(text, part);
  const found = text.split(part).length + 1;
  budget.allow(text.length + found * other.length);
  return text.replaceAll(part, () => other);
}

function substring([value, from, to]: readonly SqlValue[], count: number): SqlValue {
  const [text, start, end] = [toText(value), toInt(from), count === 3 ? toInt(to) : Infinity];
  if (text === undefined || start === undefined || end === undefined) return undefined;
  return start >= end ? '' : text.slice(Math.max(start, 0), Math.max(end, 0));
}

function character([argument]: readonly SqlValue[]): SqlValue {
  const code = toInt(argument);
  return code === undefined || code < 0 || code > 127 ? undefined : String.fromCharCode(code);
}

export const textFunctions: Readonly<Record<string, SqlFunction>> = {
  chr: always(1, 1, character),
  concat: always(0, Infinity, concat),
  endswith: ofTwoTexts(([text, end]) => text.endsWith(end)),
  indexof: newer(
    2,
    2,
    texts(2, ([text, part], budget) => {
      budget.allowSearch(text, part);
      return text.indexOf(part);
    }),
  ),
  length: newer(
    1,
    1,
    texts(1, ([text]) => [...text].length),
  ),
  lower: ofText(([text]) => text.toLowerCase()),
  lpad: padded((text, spaces) => spaces + text),
  ltrim: ofText(([text]) => text.trimStart()),
  md5: hash('md5'),
  numbytes: newer(
    1,
    1,
    texts(1, ([text]) => Buffer.byteLength(text)),
  ),
  regexp_matches: ofTwoTexts(regexpMatches),
  regexp_replace: ofThreeTexts(regexpReplace),
  regexp_substr: ofTwoTexts(regexpSubstr),
  replace: ofThreeTexts(replaced),
  rpad: padded((text, spaces) => text + spaces),
  rtrim: ofText(([text]) => text.trimEnd()),
  sha1: hash('sha1'),
  sha224: hash('sha224'),
  sha256: hash('sha256'),
  sha384: hash('sha384'),
  sha512: hash('sha512'),
  startswith: ofTwoTexts(([text, start]) => text.startsWith(start)),
  substring: always(2, 3, (args) => substring(args, args.length)),
  trim: ofText(([text]) => text.trim()),
  upper: ofText(([text]) => text.toUpperCase()),
};
