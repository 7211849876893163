// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, describe, expect, it } from 'vitest';
import type { Failure } from '@/lib/failure';
import { LOCALES } from '@/lib/i18n/locales';
import { MESSAGES } from '@/lib/i18n/messages';
import { FailureNotice } from './failure-notice';

afterEach(cleanup);

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
  { failure: { kind: 'conflict', reason: 'version' }, shown: 'version' },
  { failure: { kind: 'unexpected', reference: 'b1f0' }, shown: 'b1f0' },
];

describe.each(LOCALES)('a failure in %s', (locale) => {
  it.each(FAILURES)('of kind $failure.kind is a sentence with its facts', ({ failure, shown }) => {
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
    expect(faults).toEqual([]);
    expect(screen.getByRole('alert').textContent).toContain(shown);
  });
});
