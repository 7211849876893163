// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, it, vi } from 'vitest';
import { en } from '@/lib/i18n/en';
import type { OpenBatchFacts } from './open-batch-facts';
import { ResumeBatch } from './resume-batch';
import type { BatchStart } from './use-batch-run';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const FACTS: OpenBatchFacts = {
  batch: '11111111-1111-4111-8111-111111111111',
  caId: 'a'.repeat(64),
  devices: 3,
  reserved: 1,
  operatorName: 'Erin',
  isOwn: true,
  passphraseRule: 'own',
  keyOrigin: 'console',
  hasPkcs12: true,
  createdAt: '2026-11-22T00:00:00.000Z',
};

/** A browser whose pickers answer so, with the button to resume. */
function show(pick: () => Promise<unknown>): BatchStart[] {
  vi.stubGlobal('showSaveFilePicker', pick);
  vi.stubGlobal('showDirectoryPicker', pick);
  const started: BatchStart[] = [];
  render(
    <IntlProvider locale="en" messages={en} timeZone="UTC">
      <ResumeBatch facts={FACTS} caHandle="key" onResume={(request) => started.push(request)} />
    </IntlProvider>,
  );
  return started;
}

const resume = () => userEvent.click(screen.getByRole('button', { name: 'Resume' }));
const choose = (name: RegExp) => userEvent.click(screen.getByRole('radio', { name }));

it.each(['SecurityError', 'NotAllowedError'])('a picker that ends with %s is answered', async (reason) => {
  const started = show(() => Promise.reject(new DOMException('no', reason)));
  await choose(/^One ZIP, written to disk/);
  await resume();
  expect((await screen.findByRole('alert')).textContent).toContain(`choose that place (${reason})`);
  expect(started).toEqual([]);
  // Another place is a way on, and the sentence is of the one before.
  await choose(/^Download one ZIP/);
  await resume();
  expect(started.map(({ target }) => target)).toEqual([{ kind: 'download' }]);
  expect(screen.queryByRole('alert')).toBeNull();
});

it('a picker that the person closes needs no answer', async () => {
  const started = show(() => Promise.reject(new DOMException('closed', 'AbortError')));
  await choose(/^A folder/);
  await resume();
  expect([started.length, screen.queryByRole('alert')]).toEqual([0, null]);
});

it('passphrases go apart unless the person wants them inside, and the README says which', async () => {
  const started = show(() => Promise.reject(new Error('not asked')));
  await resume();
  await userEvent.click(
    screen.getByRole('checkbox', { name: /^Put the list of passphrases into the output/ }),
  );
  expect(screen.getByText(/Whoever has the output then has every key/)).toBeTruthy();
  await resume();
  const place = { host: 'localhost', port: 8883 };
  expect(started.map(({ passphraseList, readme }) => [passphraseList, readme(place)])).toEqual([
    ['apart', expect.stringContaining('-passphrases.csv')],
    ['inside', expect.stringContaining('TAKE passphrases.csv OUT')],
  ]);
});
