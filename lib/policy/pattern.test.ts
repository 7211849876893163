import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, matchPattern } from './pattern';

const SYNTAX = { wildcards: true, variables: true };
const noVariables = () => undefined;

/** The definition, written for clarity and not for speed. */
function matchesNaively(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [first = '', rest] = [pattern[0], pattern.slice(1)];
  if (first === '*')
    return matchesNaively(rest, text) || (text !== '' && matchesNaively(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && matchesNaively(rest, text.slice(1));
}

describe('matchPattern', () => {
  it('agrees with the definition of * and ? on every short text', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        const isMatch = matchPattern(compilePattern(source, SYNTAX), value, noVariables).kind === 'match';
        expect(isMatch).toBe(matchesNaively(source, value));
      }),
      { numRuns: 5000 },
    );
  });

  it('stays fast on a pattern that makes backtracking matchers explode', () => {
    const pattern = compilePattern(`${'*a'.repeat(500)}b`, SYNTAX);
    const started = performance.now();
    expect(matchPattern(pattern, 'a'.repeat(2000), noVariables).kind).toBe('no-match');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each([
    ['topic/a/*', 'topic/a/b/c', true, '* crosses slashes'],
    ['topic/a/*', 'topic/a/', true, '* matches nothing too'],
    ['topic/a/*', 'topic/a', false, 'the slash is literal'],
    ['topicfilter/+/x', 'topicfilter/+/x', true, "MQTT's + is a literal"],
    ['topicfilter/+/x', 'topicfilter/a/x', false, '+ is no wildcard here'],
    ['topicfilter/#', 'topicfilter/a', false, '# is no wildcard here'],
    ['client/?', 'client/ü', true, '? is one character, also beyond ASCII'],
    ['client/?', 'client/😀', true, 'and beyond the basic plane'],
    ['client/A', 'client/a', false, 'resources are compared with their case'],
    [`a\${*}b`, 'a*b', true, `\${*} is the character`],
    [`a\${*}b`, 'axb', false, 'and not the wildcard'],
    [`a\${`, `a\${`, true, `an open \${ is text`],
  ])('%s on %s: %s (%s)', (source, text, expected) => {
    expect(matchPattern(compilePattern(source, SYNTAX), text, noVariables).kind === 'match').toBe(expected);
  });

  it("takes a variable's value literally, so that a client called * gains nothing", () => {
    const pattern = compilePattern(`topic/\${iot:ClientId}/x`, SYNTAX);
    expect(matchPattern(pattern, 'topic/other/x', () => '*').kind).toBe('no-match');
    expect(matchPattern(pattern, 'topic/*/x', () => '*').kind).toBe('match');
  });

  it('matches nothing when a variable has no value, and names it', () => {
    const pattern = compilePattern(`client/\${iot:Connection.Thing.ThingName}`, SYNTAX);
    expect(matchPattern(pattern, `client/\${iot:Connection.Thing.ThingName}`, noVariables)).toEqual({
      kind: 'unresolved',
      variables: ['iot:Connection.Thing.ThingName'],
    });
  });
});
