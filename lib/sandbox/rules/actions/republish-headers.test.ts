import { describe, expect, it } from 'vitest';
import type { CompiledHeaders } from '@/lib/sandbox/rules/compiled-rule';
import type { Template } from '@/lib/sandbox/rules/sql/substitution';
import { filledHeaders } from './republish-headers';

const filled = (headers: Partial<CompiledHeaders>) =>
  filledHeaders({ userProperties: [], ...headers }, (template: Template) => template.join(''));

/** Two bytes each, so that characters are not what is counted. */
const wide = (bytes: number) => 'é'.repeat(Math.floor(bytes / 2)) + 'x'.repeat(bytes % 2);
const LONGEST = wide(65_535);
const TOO_LONG = wide(65_536);
const base64 = (bytes: number) => Buffer.alloc(bytes).toString('base64');

describe('filledHeaders', () => {
  it('takes the longest that MQTT carries', () => {
    const headers = filled({
      contentType: [LONGEST],
      responseTopic: [wide(256)],
      correlationData: [base64(65_535)],
      userProperties: [{ key: [LONGEST], value: [LONGEST] }],
    });
    expect(headers).toMatchObject({
      ok: true,
      value: {
        properties: {
          contentType: LONGEST,
          responseTopic: wide(256),
          correlationData: Buffer.alloc(65_535),
          userProperties: { [LONGEST]: [LONGEST] },
        },
      },
    });
  });

  const refused: [failure: RegExp, headers: Partial<CompiledHeaders>][] = [
    [/^The content type has 65536 bytes/, { contentType: [TOO_LONG] }],
    [/^The correlation data has 65536 bytes/, { correlationData: [base64(65_536)] }],
    [/^The key of a user property has 65536/, { userProperties: [{ key: [TOO_LONG], value: ['v'] }] }],
    [
      /^The value of a user property has 65536/,
      {
        userProperties: [
          { key: ['k'], value: ['v'] },
          { key: ['k'], value: [TOO_LONG] },
        ],
      },
    ],
    [/^The response topic has 257 bytes/, { responseTopic: [wide(257)] }],
    [/^The response topic has a wildcard/, { responseTopic: ['answers/+'] }],
    [/^The response topic has a wildcard/, { responseTopic: ['answers/#'] }],
    [/^The response topic has a wildcard or a zero character/, { responseTopic: ['answers/\0'] }],
  ];
  it.each(refused)('refuses what MQTT cannot carry: %s', (failure, headers) => {
    expect(filled(headers)).toEqual({ ok: false, failure: expect.stringMatching(failure) });
  });
});
