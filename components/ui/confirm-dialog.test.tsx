// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { IntlProvider } from 'use-intl';
import { afterEach, describe, expect, it } from 'vitest';
import type { Failure } from '@/lib/failure';
import { en } from '@/lib/i18n/en';
import { ConfirmDialog } from './confirm-dialog';

afterEach(cleanup);

function open(onConfirm: () => Promise<Failure | undefined>) {
  const calls = { confirmed: 0, closed: 0 };
  render(
    <IntlProvider locale="en" messages={en} timeZone="UTC">
      <ConfirmDialog
        title="Delete the policy Fleet?"
        isOpen
        onClose={() => {
          calls.closed += 1;
        }}
        consequences={['Devices lose it.']}
        nameToType="Fleet"
        confirmLabel="Delete"
        onConfirm={() => {
          calls.confirmed += 1;
          return onConfirm();
        }}
      />
    </IntlProvider>,
  );
  return calls;
}

const nameField = () => screen.getByRole('textbox', { name: 'Type Fleet to confirm' });

describe('a confirmation by name', () => {
  it('does nothing until the name is right', async () => {
    const calls = open(async () => undefined);
    await userEvent.type(nameField(), 'fleet{Enter}');
    expect(screen.getByRole('button', { name: 'Delete' }).hasAttribute('disabled')).toBe(true);
    expect(calls).toEqual({ confirmed: 0, closed: 0 });
  });

  it('acts and closes', async () => {
    const calls = open(async () => undefined);
    await userEvent.type(nameField(), 'Fleet');
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(calls).toEqual({ confirmed: 1, closed: 1 }));
  });

  it('stays, keeps what was typed and says why when the act fails', async () => {
    const calls = open(async () => ({ kind: 'busy', retryAfterMs: 1400 }));
    await userEvent.type(nameField(), 'Fleet{Enter}');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Try again in 2 seconds.');
    expect(nameField()).toHaveProperty('value', 'Fleet');
    expect(calls).toEqual({ confirmed: 1, closed: 0 });
  });

  it('stays and says so when the console does not answer', async () => {
    const calls = open(() => Promise.reject(new TypeError('fetch failed')));
    await userEvent.type(nameField(), 'Fleet{Enter}');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The console did not answer.');
    expect(nameField()).toHaveProperty('value', 'Fleet');
    expect(calls).toEqual({ confirmed: 1, closed: 0 });
  });

  it('closes on Escape, also from within the field', async () => {
    const calls = open(async () => undefined);
    await userEvent.type(nameField(), 'Fl{Escape}');
    expect(calls).toEqual({ confirmed: 0, closed: 1 });
  });
});
