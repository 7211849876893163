// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import type { Passphrases, UnlockedDevices } from '@/lib/browser/bundle-check/bundle-check.protocol';
import { en } from '@/lib/i18n/en';
import { type CheckedBatch, nothingChecked, notOpened, withUnlocked, withUnlocking } from './checked-batch';
import { UnlockCard } from './unlock-card';

afterEach(cleanup);

function batch(keysLocked: number, hasPassphrases = false): CheckedBatch {
  const opened = {
    ...{ check: 'c', files: 9, devices: 900, manifestSha256: 'a'.repeat(64), certificateIds: [] },
    ...{ serverRootPem: undefined, hasPassphrases },
  };
  const checked = nothingChecked({ name: 'batch.zip', opened, ledger: undefined });
  return { ...checked, counts: { ...checked.counts, devices: 900, keysLocked } };
}

type Asked = { passphrases: Passphrases; devicesMax: number };

function show(checked: CheckedBatch, isOpening = true): Asked[] {
  const asked: Asked[] = [];
  render(
    <IntlProvider locale="en" messages={en} timeZone="UTC">
      <UnlockCard
        checked={checked}
        fault={undefined}
        onUnlock={async (passphrases, devicesMax) => {
          asked.push({ passphrases, devicesMax });
          return isOpening;
        }}
        onStop={() => undefined}
      />
    </IntlProvider>,
  );
  return asked;
}

const field = () => screen.getByLabelText<HTMLInputElement>('Passphrase of the batch');
const type = async (text: string) => {
  await userEvent.click(field());
  await userEvent.paste(text);
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
};

test('opens a sample unless all are asked for, and forgets the passphrase', async () => {
  const asked = show(batch(900));
  await type('correct horse');
  expect(asked).toEqual([{ passphrases: { kind: 'common', passphrase: 'correct horse' }, devicesMax: 100 }]);
  expect(field().value).toBe('');
  await userEvent.click(screen.getByRole('radio', { name: /^All 900/ }));
  await type('correct horse');
  expect(asked[1]?.devicesMax).toBe(900);
});

test('keeps a passphrase that was refused, to be corrected', async () => {
  show(batch(5), false);
  await type('corect horse');
  expect(field().value).toBe('corect horse');
});

test('takes the list that lies in the batch without asking for more', async () => {
  const asked = show(batch(5, true));
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  expect(asked).toEqual([{ passphrases: { kind: 'own', list: undefined }, devicesMax: 5 }]);
});

test('a field for a passphrase has no name, so no form can send it', () => {
  show(batch(5));
  expect([field().type, field().name, field().autocomplete]).toEqual(['password', '', 'off']);
});

const OPENED: UnlockedDevices = {
  ...{ devices: 4, opened: 3, keysMatching: 3, certificates: 4, signatures: 0, templates: 0 },
  faulty: [{ line: 7, commonName: 'pump-7', fault: { kind: 'passphrase-wrong', file: 'a.p12' } }],
};

test('while it opens says how many of how many, and how long it takes; what was not opened is never counted', () => {
  const running = withUnlocked(withUnlocking(batch(900), 100), OPENED, 10_000);
  show(running);
  expect(screen.getByText('3 of 900')).toBeTruthy();
  expect(screen.getByText('4 of 100 devices')).toBeTruthy();
  expect(screen.getByText('4 minutes left')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy();
  expect([notOpened(running), running.faultyDevices]).toEqual([897, 1]);
});

test('counts a device once that had faults before it was opened', () => {
  const faulty = [{ line: 7, commonName: 'pump-7', fault: { kind: 'file-changed', file: 'a.p12' } }] as const;
  const before = { ...batch(900), faulty, faultyDevices: 1 };
  expect(withUnlocked(withUnlocking(before, 100), OPENED, 1000).faultyDevices).toBe(1);
});
