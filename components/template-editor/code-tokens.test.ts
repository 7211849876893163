import { describe, expect, it } from 'vitest';
import scoped from '@/lib/provisioning/fixtures/jitp-scoped.json';
import { codeTokens } from './code-tokens';

const VARIABLE = `\${iot:ClientId}`;

const found = (text: string, name: string) =>
  codeTokens(text)
    .filter((mark) => mark.name === name)
    .map(({ start, end }) => text.slice(start, end));

describe('codeTokens', () => {
  it.each([
    { text: '{"Parameters": {}}', name: 'code-name', tokens: ['Parameters'], why: 'a name' },
    {
      text: String.raw`{\"Version\":\"x\"}`,
      name: 'code-name',
      tokens: ['Version'],
      why: 'a name that is escaped',
    },
    {
      text: String.raw`a\\\"b\/c`,
      name: 'code-quiet',
      tokens: [String.raw`\\\"`, String.raw`\/`],
      why: 'escapes',
    },
    { text: '"AWS::IoT::Thing"', name: 'code-reference', tokens: ['AWS::IoT::Thing'], why: 'a type' },
    {
      text: `topic/${VARIABLE}/*`,
      name: 'code-reference',
      tokens: [VARIABLE],
      why: 'a variable',
    },
  ])('finds $why', ({ text, name, tokens }) => {
    expect(found(text, name)).toEqual(tokens);
  });

  it('finds the same names at every depth of escaping', () => {
    const names = (text: string) => new Set(found(text, 'code-name'));
    expect(names(scoped.templateBody)).toContain('PolicyDocument');
    expect(names(JSON.stringify(scoped))).toEqual(
      new Set([...names(scoped.templateBody), 'templateBody', 'roleArn']),
    );
  });

  it('reads a word of any length once, and finds the name behind it', () => {
    expect(found(`"${'x'.repeat(200_000)}", "Type": 1`, 'code-name')).toEqual(['Type']);
  });
});
