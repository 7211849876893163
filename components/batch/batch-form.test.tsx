// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test, vi } from 'vitest';
import { en } from '@/lib/i18n/en';
import type { IssuingCa, IssuingTemplate } from '@/lib/registry/issuing-ca';
import { BatchForm } from './batch-form';
import type { BatchStart } from './use-batch-run';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const caWith = (template: IssuingTemplate): IssuingCa => ({
  caId: 'a'.repeat(64),
  name: 'CA',
  subject: 'CN=CA',
  country: undefined,
  certificatePem: '',
  issuerPems: [],
  status: 'ACTIVE',
  mode: 'DEFAULT',
  autoRegistration: true,
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2036-01-01T00:00:00.000Z',
  template,
});

async function open(template: IssuingTemplate, ledger: () => Response): Promise<BatchStart[]> {
  vi.stubGlobal('fetch', async () => ledger());
  const started: BatchStart[] = [];
  render(
    <IntlProvider locale="en" messages={en} timeZone="UTC">
      <BatchForm
        environment="lab"
        ca={caWith(template)}
        caHandle="key"
        profiles={[]}
        urls={{ names: 'http://console/names', registry: 'http://console/registry' }}
        onStart={(request) => started.push(request)}
      />
    </IntlProvider>,
  );
  await userEvent.click(screen.getByRole('radio', { name: /^A pattern of names/ }));
  await userEvent.type(pattern(), 'pump');
  return started;
}

const pattern = () => screen.getByLabelText('Pattern of the common names');
const anyway = () => screen.findByRole('checkbox', { name: /all the same/ }, { timeout: 20_000 });
const submit = () => userEvent.click(screen.getByRole('button', { name: /^Issue 1 device/ }));
const isTicked = async () => {
  const box = await anyway();
  return box instanceof HTMLInputElement && box.checked;
};

const NOTHING_TAKEN = () => Response.json({ taken: [], takenThings: [] });

test('consent is needed where the ledger said nothing, and once more for another list', async () => {
  const started = await open({ kind: 'none' }, () => Response.json({ refused: 'names' }, { status: 400 }));
  expect(await isTicked()).toBe(false);
  await submit();
  expect(screen.getByText(/tick the box to go on/)).toBeTruthy();
  await userEvent.click(await anyway());
  expect(await isTicked()).toBe(true);

  await userEvent.type(pattern(), '2');
  expect(await isTicked()).toBe(false);
  await submit();
  expect(started).toEqual([]);

  await userEvent.click(await anyway());
  await submit();
  await waitFor(() => expect(started).toHaveLength(1));
});

test.each([
  ['none', { kind: 'none' }, /has no template.*AWS was not asked/],
  ['kept by name', { kind: 'named', templateName: 'Fleet' }, /keeps by name.*AWS was not asked/],
] satisfies [string, IssuingTemplate, RegExp][])(
  'a template that is %s: the page says that AWS was not asked, and goes on',
  async (_, template, words) => {
    const started = await open(template, NOTHING_TAKEN);
    expect(await screen.findByText(words, {}, { timeout: 20_000 })).toBeTruthy();
    await submit();
    await waitFor(() => expect(started).toHaveLength(1));
  },
);

test('a template that cannot be read needs consent', async () => {
  await open({ kind: 'inline', templateBody: '{', roleArn: '' }, NOTHING_TAKEN);
  expect(await isTicked()).toBe(false);
  expect(screen.getByText(/cannot be read/)).toBeTruthy();
});
