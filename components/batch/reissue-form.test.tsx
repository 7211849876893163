// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Route } from 'next';
import { IntlProvider } from 'use-intl';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { understandTemplate } from '@/components/device/understood-template';
import type { Profile } from '@/lib/batch/profile';
import { en } from '@/lib/i18n/en';
import type { IssuingCa } from '@/lib/registry/issuing-ca';
import { formerSettings, type ReissueFacts } from './reissue-facts';
import { ReissueForm } from './reissue-form';
import type { BatchStart } from './use-batch-run';

const BATCH = '11111111-1111-4111-8111-111111111111';
const CA: IssuingCa = {
  caId: 'a'.repeat(64),
  name: 'CA',
  subject: 'CN=CA',
  // Must not get into subjects that had none.
  country: 'DE',
  certificatePem: '',
  issuerPems: [],
  status: 'ACTIVE',
  mode: 'DEFAULT',
  autoRegistration: true,
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2036-01-01T00:00:00.000Z',
  template: { kind: 'none' },
};
const STORED = {
  keyOrigin: 'console',
  algorithm: 'P-384',
  validityDays: 90,
  formats: ['der', 'c-header'],
  pkcs12Mac: 'SHA-1',
  layout: 'flat',
  passphraseRule: 'none',
};
const SUBJECTS = [
  { commonName: 'pump-10', organization: '+Fab, "Nord"' },
  { commonName: '=pump-2', serialNumber: '7' },
];

let asked: string[];
let subjects: () => Response;
beforeEach(() => {
  asked = [];
  subjects = () => Response.json({ subjects: SUBJECTS });
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return url.includes('/names') ? Response.json({ taken: [], takenThings: [] }) : subjects();
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(differing: Partial<ReissueFacts> = {}, profiles: Profile[] = []): BatchStart[] {
  const started: BatchStart[] = [];
  const again: ReissueFacts = {
    batch: BATCH,
    devices: SUBJECTS.length,
    seen: 0,
    isPicked: false,
    settings: formerSettings(STORED),
    href: '/old' as Route,
    subjectsUrl: 'http://console/subjects',
    namesUrl: 'http://console/names?again',
    ...differing,
  };
  render(
    <IntlProvider locale="en" messages={en} timeZone="UTC">
      <ReissueForm
        environment="lab"
        ca={CA}
        template={understandTemplate(CA.template)}
        caHandle="key"
        profiles={profiles}
        urls={{ registry: 'http://console/registry' }}
        again={again}
        onStart={(request) => started.push(request)}
      />
    </IntlProvider>,
  );
  return started;
}

const submit = async (count: number) => {
  await screen.findByText(/No name is taken/, {}, { timeout: 20_000 });
  await userEvent.click(screen.getByRole('button', { name: `Issue ${count} devices` }));
};

const planOf = (started: readonly BatchStart[]) => {
  const what = started[0]?.what;
  return what !== undefined && 'plan' in what ? what.plan : undefined;
};

describe('devices that are issued again', () => {
  it('keep their whole subjects and the settings of their batch, and name it', async () => {
    const started = open();
    await submit(2);
    await waitFor(() => expect(started).toHaveLength(1));
    const plan = planOf(started);
    expect(plan?.subjects).toEqual([
      { commonName: '=pump-2', serialNumber: '7' },
      { commonName: 'pump-10', organization: '+Fab, "Nord"' },
    ]);
    expect(plan?.settings).toEqual({ ...STORED, reissueOf: BATCH });
    // Their own names are not taken: the server is told whose devices they are.
    expect(asked).toContain('http://console/names?again');
  });

  it('follow the profile of their batch as it is today', async () => {
    const content = {
      pattern: '',
      subject: { organization: 'Other' },
      algorithm: 'P-256',
      validityDaysMax: 30,
      formats: ['pem'],
      pkcs12Mac: 'SHA-256',
      layout: 'folders',
      passphraseRule: 'own',
    } satisfies Profile['content'];
    const settings = formerSettings({ ...STORED, profile: { id: 'p1', version: 1 } });
    const started = open({ settings }, [{ id: 'p1', version: 2, name: 'Pumps', content }]);
    await submit(2);
    await waitFor(() => expect(started).toHaveLength(1));
    expect(planOf(started)?.settings).toMatchObject({
      algorithm: 'P-256',
      validityDays: 30,
      formats: ['pem'],
      profile: { id: 'p1', version: 2 },
    });
    // A profile's common fields are not put into subjects that were complete without them.
    expect(planOf(started)?.subjects[0]).toEqual({ commonName: '=pump-2', serialNumber: '7' });
  });

  it('whose profile is gone keep its settings, and the page says so', async () => {
    open({ settings: formerSettings({ ...STORED, profile: { id: 'gone', version: 1 } }) });
    expect(await screen.findByText(/profile of that batch is there no more/)).toBeTruthy();
  });

  it('that AWS has seen get a word about their old certificates', async () => {
    open({ seen: 1 });
    expect(await screen.findByText(/AWS has seen 1 of them.*deactivate its old certificate/)).toBeTruthy();
  });

  it('and keep their keys are asked for their signing requests', async () => {
    open({ settings: formerSettings({ ...STORED, keyOrigin: 'device', formats: ['pem'] }) });
    expect(await screen.findByText(/signing requests are needed once more/)).toBeTruthy();
    expect(screen.getByRole('radio', { name: /^Signing requests/ })).toHaveProperty('checked', true);
    expect(asked).toEqual([]);
  });
});

describe('their list', () => {
  it.each<[string, () => Response]>([
    ['is refused', () => Response.json({ refused: 'parameters' }, { status: 400 })],
    ['is no list', () => Response.json({ subjects: [{ commonName: 7 }] })],
    ['is broken off', () => new Response('{"subjects":[{"commonName":"pump-1"}')],
  ])('that %s is asked for again, and no form pretends to have it', async (_, answer) => {
    subjects = answer;
    open();
    await screen.findByText(/could not be read/);
    expect(screen.queryByRole('button', { name: /^Issue / })).toBeNull();
    subjects = () => Response.json({ subjects: SUBJECTS });
    await userEvent.click(screen.getByRole('button', { name: 'Read it again' }));
    expect(await screen.findByRole('button', { name: 'Issue 2 devices' })).toBeTruthy();
  });

  it('that is empty by now leads to an empty form of no earlier batch', async () => {
    open({ devices: 0 });
    expect(await screen.findByText(/no device is left/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Issue 0 devices' })).toBeTruthy();
    expect(asked).toEqual([]);
  });
});

it.each([
  [undefined, 'nothing'],
  ['text', 'a text'],
  [
    { algorithm: 'RSA-1', validityDays: -1, formats: ['pem', 'floppy'], layout: 7 },
    'values of another console',
  ],
])('settings that cannot be read (%j) are left to the form: %s', (stored, _) => {
  expect(formerSettings(stored)).toEqual({ keyOrigin: 'console' });
});
