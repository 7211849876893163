/**
 * `parse_time`: an epoch time by a pattern of Joda-Time (org.joda.time.format.DateTimeFormat), in a time zone of the IANA database.
 * @module
 */
import { toInt, toText } from '@/lib/sandbox/rules/sql/convert';
import type { SqlValue } from '@/lib/sandbox/rules/sql/value';

/** The times that `Date` has (ECMA-262, "Time Values and Time Range"). */
const TIME_MAX = 8.64e15;

/** A pattern that somebody writes down is no longer than this; each of its letters may ask for a formatter. */
const PATTERN_CHARACTERS_MAX = 128;

/** A letter repeated, text in quotes, a doubled quote, or anything else as it stands. */
const PIECE = /([A-Za-z])\1*|'((?:[^']|'')*)'|''|[^A-Za-z']/g;

/** Undefined when an argument does not fit, or the pattern has a letter that the sandbox does not know. */
export function parseTime([pattern, time, zone]: readonly SqlValue[]): SqlValue {
  const [text, at, timeZone] = [toText(pattern), toInt(time), zone === undefined ? 'UTC' : toText(zone)];
  if (text === undefined || at === undefined || timeZone === undefined) return undefined;
  if (text.length > PATTERN_CHARACTERS_MAX || Math.abs(at) > TIME_MAX) return undefined;
  try {
    const parts = partsOf(new Date(at), timeZone);
    const pieces = [...text.matchAll(PIECE)].map(([piece, letter, quoted]) => {
      if (letter !== undefined) return format(parts, { letter, count: piece.length });
      if (piece === "''") return "'";
      return quoted === undefined ? piece : quoted.replaceAll("''", "'");
    });
    return pieces.includes(undefined) ? undefined : pieces.join('');
  } catch (error) {
    if (error instanceof RangeError) return undefined; // no such time zone
    throw error;
  }
}

type Parts = { date: Date; timeZone: string; fields: ReadonlyMap<string, string> };

function partsOf(date: Date, timeZone: string): Parts {
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
  const fields = new Map(formatter.formatToParts(date).map(({ type, value }) => [String(type), value]));
  return { date, timeZone, fields };
}

function format(parts: Parts, { letter, count }: { letter: string; count: number }): string | undefined {
  const field = (name: string) => parts.fields.get(name) ?? '';
  const number = (value: number) => String(value).padStart(count, '0');
  const name = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { timeZone: parts.timeZone, ...options }).format(parts.date);
  const hour = Number(field('hour'));
  switch (letter) {
    case 'G':
      return field('era') === 'BC' ? 'BC' : 'AD';
    case 'y':
    case 'Y':
    case 'x':
      return count === 2 ? field('year').slice(-2).padStart(2, '0') : number(Number(field('year')));
    case 'M':
      return count > 2 ? name({ month: count > 3 ? 'long' : 'short' }) : number(Number(field('month')));
    case 'd':
      return number(Number(field('day')));
    case 'E':
      return name({ weekday: count > 3 ? 'long' : 'short' });
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    case 'H':
      return number(hour);
    case 'k':
      return number(hour === 0 ? 24 : hour);
    case 'K':
      return number(hour % 12);
    case 'h':
      return number(hour % 12 === 0 ? 12 : hour % 12);
    case 'm':
      return number(Number(field('minute')));
    case 's':
      return number(Number(field('second')));
    case 'S':
      return String(((parts.date.getTime() % 1000) + 1000) % 1000)
        .padStart(3, '0')
        .padEnd(count, '0')
        .slice(0, count);
    case 'z':
      return zoneName(parts, count);
    case 'Z':
      return offset(field('timeZoneName'), count);
    default:
      return undefined;
  }
}

/** `GMT-06:00` as Joda-Time writes it: `-0600`, `-06:00`, or with three letters the zone's id. */
function offset(longOffset: string, count: number): string {
  const hoursAndMinutes = longOffset.slice(3) || '+00:00';
  return count === 1 ? hoursAndMinutes.replace(':', '') : hoursAndMinutes;
}

function zoneName({ date, timeZone }: Parts, count: number): string {
  if (timeZone === 'UTC') return count > 3 ? 'Coordinated Universal Time' : 'UTC';
  const timeZoneName = count > 3 ? 'long' : 'short';
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName }).formatToParts(date);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
