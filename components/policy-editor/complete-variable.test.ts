import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VARIABLES } from '@/lib/policy/lint/device-actions';
import { completeVariable, matchingVariables, type OpenVariable, openVariable } from './complete-variable';

const THING = `\${iot:Connection.Thing.ThingName}`;

describe('the completion of a variable', () => {
  it.each<[string, number, OpenVariable | undefined, string]>([
    ['dt/$', 4, { start: 3, typed: '' }, 'the dollar sign opens it'],
    [`\${iot:Conn`, 10, { start: 0, typed: 'iot:Conn' }, 'a part is typed'],
    [`${THING}/a`, THING.length + 2, undefined, 'the last one is closed'],
    ['plain', 5, undefined, 'no dollar sign'],
  ])('%s at %d', (text, caret, expected) => {
    expect(openVariable(text, caret)).toEqual(expected);
  });

  it('finds by any part of the name, the usual ones first', () => {
    expect(matchingVariables('')[0]).toBe('iot:Connection.Thing.ThingName');
    expect(matchingVariables('commonname')).toContain('iot:Certificate.Subject.CommonName');
    expect(new Set(matchingVariables(''))).toEqual(new Set(VARIABLES));
  });

  it('puts the variable where it was begun and keeps what is around it', () => {
    const plain = fc.string().filter((text) => !/[${}]/.test(text));
    fc.assert(
      fc.property(plain, plain, fc.constantFrom(...VARIABLES), (before, after, name) => {
        const typed = `${before}\${iot`;
        const completed = completeVariable(`${typed}${after}`, typed.length, name);
        expect(completed.text).toBe(`${before}\${${name}}${after}`);
        expect(completed.text.slice(0, completed.caret)).toBe(`${before}\${${name}}`);
      }),
    );
  });
});
