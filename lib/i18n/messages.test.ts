import { describe, expect, it } from 'vitest';
import { LOCALES } from './locales';
import { messageArguments } from './message-arguments';
import { MESSAGES } from './messages';

/** Every message of a tree by its dotted key. */
function flatten(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof value === 'string') return [[path, value]];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return flatten(value, path);
    throw new TypeError(`${path} is neither a text nor a group of texts`);
  });
}

const AREAS = Object.keys(MESSAGES.en) as (keyof typeof MESSAGES.en)[];
const cases = LOCALES.flatMap((locale) => AREAS.map((area) => ({ locale, area })));

describe.each(cases)('the messages of $area in $locale', ({ locale, area }) => {
  const english = new Map(flatten(MESSAGES.en[area]));
  const messages = new Map(flatten(MESSAGES[locale][area]));

  it('have the keys of English, no more and no less', () => {
    expect(new Set(messages.keys())).toEqual(new Set(english.keys()));
  });

  it('are never empty, and never padded', () => {
    expect([...messages].filter(([, text]) => text.trim() === '' || text.trim() !== text)).toEqual([]);
  });

  it('ask for the arguments of English', () => {
    const asked = (texts: Map<string, string>) =>
      Object.fromEntries([...texts].map(([key, text]) => [key, argumentNames(text)]));
    expect(asked(messages)).toEqual(asked(english));
  });
});

/** Without their types: a language without plurals writes `{count}` where English needs `{count, plural, …}`. */
function argumentNames(text: string): string[] {
  return messageArguments(text).map((argument) =>
    argument.endsWith(':tag') ? argument : argument.replace(/:.*/, ''),
  );
}

describe('the arguments of a message', () => {
  it.each([
    { message: 'Ready', found: [] },
    { message: 'Hello {name}', found: ['name:string'] },
    { message: '{n, plural, one {# file of {owner}} other {files}}', found: ['n:plural', 'owner:string'] },
    { message: 'See <guide>the guide</guide>', found: ['guide:tag'] },
    { message: "It's '{'quoted'}' and {real}", found: ['real:string'] },
  ])('$message', ({ message, found }) => {
    expect(messageArguments(message)).toEqual(found);
  });

  it.each(['{', '}', '{}', '{a', '{n, plural, one {x}', '{a}}'])('refuses %s', (message) => {
    expect(() => messageArguments(message)).toThrow(SyntaxError);
  });
});
