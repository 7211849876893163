/**
 * `time_to_epoch`: a time as text by a pattern of the JDK (java.time.format.DateTimeFormatter, JDK 11) to epoch milliseconds.
 * @module
 */
import { toText } from '@/lib/sandbox/rules/sql/convert';
import type { SqlValue } from '@/lib/sandbox/rules/sql/value';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const NAME_LETTERS = 3;
/** What a time is, that is written down, is no longer than this. */
const TEXT_CHARACTERS_MAX = 128;
const PIECE = /([A-Za-z])\1*|'((?:[^']|'')*)'|''|[^A-Za-z']/g;
const ZONE = String.raw`(Z|(?:UTC|GMT|UT)?[+-]\d{1,2}(?::?\d{2})?(?::?\d{2})?|[A-Za-z][\w+\-/]*)`;

type Field =
  | 'year'
  | 'month'
  | 'monthName'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'half'
  | 'zone'
  | 'ignored';

/** Undefined when an argument is no text, the text does not fit the pattern, the sandbox does not know one of its letters, or it asks for one field twice. */
export function timeToEpoch([time, pattern]: readonly SqlValue[]): SqlValue {
  const [text, format] = [toText(time), toText(pattern)];
  if (text === undefined || format === undefined) return undefined;
  if (text.length > TEXT_CHARACTERS_MAX || format.length > TEXT_CHARACTERS_MAX) return undefined;
  const reader = readerOf(format);
  const found = reader?.pattern.exec(text);
  if (!reader || !found) return undefined;
  return epochOf(new Map(reader.fields.map((field, index) => [field, found[index + 1] ?? ''])));
}

function readerOf(format: string): { pattern: RegExp; fields: Field[] } | undefined {
  const fields: Field[] = [];
  let source = '';
  for (const [piece, letter, quoted] of format.matchAll(PIECE)) {
    if (letter === undefined) {
      source += escaped(piece === "''" ? "'" : (quoted?.replaceAll("''", "'") ?? piece));
      continue;
    }
    const part = partOf(letter, piece.length);
    // One field twice: names side by side could be divided in more ways than there is time to try.
    if (!part || fields.includes(part[0])) return undefined;
    fields.push(part[0]);
    source += part[1];
  }
  return { pattern: new RegExp(`^${source}$`, 'i'), fields };
}

const escaped = (text: string) => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');

function partOf(letter: string, count: number): readonly [Field, string] | undefined {
  const digits = count === 1 ? String.raw`(\d{1,2})` : String.raw`(\d{${count}})`;
  switch (letter) {
    case 'y':
    case 'u':
      return ['year', count === 1 ? String.raw`(\d{1,4})` : digits];
    case 'M':
    case 'L':
      return count > 2 ? ['monthName', '([A-Za-z]+)'] : ['month', digits];
    case 'd':
      return ['day', digits];
    case 'E':
      return ['ignored', '([A-Za-z]+)'];
    case 'H':
    case 'h':
      return ['hour', digits];
    case 'm':
      return ['minute', digits];
    case 's':
      return ['second', digits];
    case 'S':
      return ['fraction', digits];
    case 'a':
      return ['half', '(AM|PM)'];
    case 'V':
    case 'z':
    case 'X':
    case 'x':
    case 'Z':
    case 'O':
      return ['zone', ZONE];
    default:
      return undefined;
  }
}

function epochOf(fields: ReadonlyMap<Field, string>): number | undefined {
  const number = (field: Field, otherwise: number) => Number(fields.get(field) ?? otherwise);
  const name = fields.get('monthName')?.slice(0, NAME_LETTERS).toLowerCase();
  const named = MONTHS.findIndex((month) => month.slice(0, NAME_LETTERS).toLowerCase() === name);
  const month = name === undefined ? number('month', 1) - 1 : named;
  const year = fields.get('year');
  const half = fields.get('half')?.toUpperCase();
  const hour = half === undefined ? number('hour', 0) : (number('hour', 0) % 12) + (half === 'PM' ? 12 : 0);
  const milliseconds = Number((fields.get('fraction') ?? '').padEnd(3, '0').slice(0, 3));
  const day = number('day', 1);
  if (year === undefined || month < 0 || month > 11 || day < 1 || hour > 23) return undefined;
  const fullYear = year.length === 2 ? 2000 + Number(year) : Number(year);
  const local = Date.UTC(fullYear, month, day, hour, number('minute', 0), number('second', 0), milliseconds);
  // A day that the month has not would move into the next one.
  if (new Date(local).getUTCDate() !== day) return undefined;
  const offset = offsetOf(fields.get('zone') ?? 'UTC', local);
  return offset === undefined ? undefined : local - offset;
}

/** Milliseconds that a zone's clocks are ahead of UTC at a local time. */
function offsetOf(zone: string, local: number): number | undefined {
  if (/^(Z|UTC|GMT|UT)$/i.test(zone)) return 0;
  const [, sign, hours, minutes = '0'] = /^(?:UTC|GMT|UT)?([+-])(\d{1,2}):?(\d{2})?/i.exec(zone) ?? [];
  if (sign !== undefined) return (sign === '-' ? -60_000 : 60_000) * (Number(hours) * 60 + Number(minutes));
  try {
    // The offset at a first guess, and then at the instant that this gives.
    const guess = zoneOffset(zone, local);
    return zoneOffset(zone, local - guess);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // no such time zone
    throw error;
  }
}

function zoneOffset(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  return (sign === '-' ? -60_000 : 60_000) * (Number(hours) * 60 + Number(minutes));
}
