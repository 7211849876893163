// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import type { Route } from 'next';
import { createTranslator, IntlProvider } from 'use-intl';
import { afterEach, describe, expect, it } from 'vitest';
import { en } from '@/lib/i18n/en';
import { DeviceSummary } from './device-summary';

const now = new Date('2026-11-23T10:00:00Z');
const t = createTranslator({ locale: 'en', messages: en, namespace: 'device', now, timeZone: 'UTC' });

const device = {
  certificateId: 'a'.repeat(64),
  commonName: 'pump-1',
  thingName: undefined,
  caId: 'b'.repeat(64),
  operatorName: 'Ada',
  issuedAt: '2026-11-22T10:00:00.000Z',
  notBefore: '2026-11-22T10:00:00.000Z',
  notAfter: '2027-11-22T10:00:00.000Z',
  lastSeen: undefined,
  serial: '01',
  deliveredAt: undefined,
  lastSeenSource: undefined,
};
const batch = {
  id: '6a1c7a5e-5d5b-4d1c-9a53-0f2f7a4b9c12',
  href: '/e/lab/devices/batches/6a1c7a5e' as Route,
  operatorName: 'Grace',
  begunAt: '2026-11-22T09:00:00.000Z',
};

type Shown = { delivery: 'reserved' | 'not-confirmed'; isOpen: boolean | undefined };
function show({ delivery, isOpen }: Shown) {
  render(
    <IntlProvider locale="en" messages={en} timeZone="UTC" now={now}>
      <DeviceSummary
        t={t}
        environment="lab"
        device={{ ...device, delivery }}
        subject={{ text: 'CN=pump-1', fields: {}, keyOrigin: 'console' }}
        batch={isOpen === undefined ? undefined : { ...batch, isOpen }}
      />
    </IntlProvider>,
  );
}

afterEach(cleanup);

describe('the bundle of a device', () => {
  it('of an open batch says who began it when, and who can end it, and not to issue it again', () => {
    show({ delivery: 'reserved', isOpen: true });
    expect(screen.getByRole('link', { name: '6a1c7a5e' }).getAttribute('href')).toBe(batch.href);
    const text = document.body.textContent ?? '';
    expect(text).toMatch(/Grace began this batch .*(ago|yesterday).*, and it is not finished/);
    expect(text).toContain('anyone who may issue devices can give the batch up');
    expect(text).not.toContain('issue the device again');
  });

  it.each<Shown & { says: string; reason: string }>([
    {
      ...{ delivery: 'not-confirmed', isOpen: false },
      ...{ says: 'issue the device again', reason: 'of a batch that is over' },
    },
    {
      ...{ delivery: 'reserved', isOpen: undefined },
      ...{ says: 'the page has not said yet', reason: 'of a device that was issued by itself' },
    },
  ])('$reason says what is known', ({ says, ...shown }) => {
    show(shown);
    expect(document.body.textContent).toContain(says);
    expect(document.body.textContent).not.toContain('it is not finished');
  });
});
