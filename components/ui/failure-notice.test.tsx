// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { describe, expect, it } from 'vitest';
import {
  CONFLICT_REASONS,
  type Failure,
  MQTT_REASONS,
  NOT_FOUND_RESOURCES,
  SANDBOX_REASONS,
} from '@/lib/failure';
import { LOCALES, type Locale } from '@/lib/i18n/locales';
import { MESSAGES } from '@/lib/i18n/messages';
import { FailureNotice } from './failure-notice';

const aws = (name: string): Failure => ({
  kind: 'aws',
  service: 'iot',
  operation: 'DeletePolicy',
  name,
  message: 'Cannot delete the policy',
  status: 409,
  requestId: 'request-1',
});

const FAILURES: { failure: Failure; shown: string }[] = [
  { failure: { kind: 'invalid-input', fields: {} }, shown: '' },
  { failure: { kind: 'signed-out' }, shown: '' },
  { failure: { kind: 'forbidden', permission: 'ca:delete' }, shown: 'ca:delete' },
  { failure: aws('DeleteConflictException'), shown: 'request-1' },
  { failure: aws('SomethingNewException'), shown: 'iot:DeletePolicy' },
  {
    failure: { kind: 'aws-unreachable', service: 'iot', operation: 'ListThings', reason: 'ECONNREFUSED' },
    shown: 'ECONNREFUSED',
  },
  { failure: { kind: 'busy', retryAfterMs: 10 }, shown: '1' },
  { failure: { kind: 'not-found', resource: 'thing', id: 'Demo' }, shown: 'Demo' },
  { failure: { kind: 'conflict', reason: 'not-pending' }, shown: 'not-pending' },
  { failure: { kind: 'unexpected', reference: 'b1f0' }, shown: 'b1f0' },
];

/** What the notice says of a failure, and what the formatter complained of. */
function said(failure: Failure, locale: Locale): { text: string; faults: string[] } {
  const faults: string[] = [];
  render(
    <IntlProvider
      locale={locale}
      messages={MESSAGES[locale]}
      timeZone="UTC"
      onError={(error) => faults.push(error.message)}
    >
      <FailureNotice failure={failure} />
    </IntlProvider>,
  );
  const text = screen.getByRole('alert').textContent;
  cleanup();
  return { text, faults };
}

describe.each(LOCALES)('a failure in %s', (locale) => {
  it.each(FAILURES)('of kind $failure.kind is a sentence with its facts', ({ failure, shown }) => {
    const { text, faults } = said(failure, locale);
    expect(faults).toEqual([]);
    expect(text).toContain(shown);
  });

  it('names whatever is missing in words, each in its own', () => {
    const all = NOT_FOUND_RESOURCES.map((resource) => said({ kind: 'not-found', resource, id: 'x' }, locale));
    expect(all.flatMap(({ faults }) => faults)).toEqual([]);
    const texts = all.map(({ text }) => text);
    expect(new Set(texts).size).toBe(NOT_FOUND_RESOURCES.length);
    const codes = NOT_FOUND_RESOURCES.filter((resource) => resource.includes('-'));
    expect(codes.filter((code) => texts.some((text) => text.includes(code)))).toEqual([]);
  });

  it('says for every conflict what it is and what to do', () => {
    const all = CONFLICT_REASONS.map((reason) => said({ kind: 'conflict', reason }, locale));
    expect(all.flatMap(({ faults }) => faults)).toEqual([]);
    // Two sentences at least, besides the reason's code in the details.
    for (const { text } of all) expect(text.match(/[.。]/g)?.length).toBeGreaterThanOrEqual(2);
    expect(new Set(all.map(({ text }) => text)).size).toBe(CONFLICT_REASONS.length);
  });

  it('says of the sandbox what went wrong between it and the console, and passes on its own words', () => {
    const all = SANDBOX_REASONS.map((reason) =>
      said({ kind: 'sandbox', reason, message: 'Own words.' }, locale),
    );
    expect(all.flatMap(({ faults }) => faults)).toEqual([]);
    expect(all.filter(({ text }) => !text.includes('Own words.'))).toEqual([]);
    expect(new Set(all.map(({ text }) => text)).size).toBe(SANDBOX_REASONS.length);
  });

  it('says of the broker what it did not take, with its code', () => {
    const all = MQTT_REASONS.map((reason) => said({ kind: 'mqtt', reason, detail: '0x87' }, locale));
    expect(all.flatMap(({ faults }) => faults)).toEqual([]);
    expect(all.filter(({ text }) => !text.includes('0x87'))).toEqual([]);
    expect(new Set(all.map(({ text }) => text)).size).toBe(MQTT_REASONS.length);
  });

  it.each([
    { name: 'AccessDenied', iot: 'AccessDeniedException' },
    { name: 'EntityAlreadyExistsException', iot: 'ResourceAlreadyExistsException' },
    { name: 'ExpiredToken', iot: 'ExpiredTokenException' },
    { name: 'InvalidClientTokenId', iot: 'UnrecognizedClientException' },
    { name: 'NoSuchEntityException', iot: 'ResourceNotFoundException' },
    { name: 'Throttling', iot: 'ThrottlingException' },
  ])("tells IAM's $name as IoT's $iot", ({ name, iot }) => {
    expect(said(aws(name), locale).text).toBe(said(aws(iot), locale).text.replaceAll(iot, name));
  });
});
