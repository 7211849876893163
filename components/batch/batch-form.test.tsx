// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test, vi } from 'vitest';
import { understandTemplate } from '@/components/device/understood-template';
import type { Failure } from '@/lib/failure';
import { en } from '@/lib/i18n/en';
import type { IssuingCa, IssuingTemplate, NamedTemplateInForce } from '@/lib/registry/issuing-ca';
import { fail, ok, type Result } from '@/lib/result';
import { BatchForm } from './batch-form';
import type { BatchStart } from './use-batch-run';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const REGISTRY_URL = 'http://console/registry';

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

const BY_NAME = JSON.stringify({
  Parameters: {
    'AWS::IoT::Certificate::CommonName': { Type: 'String' },
    'AWS::IoT::Certificate::Id': { Type: 'String' },
  },
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: { ThingName: { Ref: 'AWS::IoT::Certificate::CommonName' } },
    },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
    },
  },
});
const IN_FORCE: NamedTemplateInForce = { templateBody: BY_NAME, isEnabled: true, type: 'JITP' };
const NO_ANSWER: Failure = {
  ...{ kind: 'aws-unreachable', service: 'IoT', operation: 'DescribeProvisioningTemplate' },
  reason: 'ECONNREFUSED',
};
const named = (inForce: Result<NamedTemplateInForce, Failure>): IssuingTemplate => ({
  kind: 'named',
  templateName: 'Fleet',
  inForce,
});

async function open(template: IssuingTemplate, answer: (url: string) => Response): Promise<BatchStart[]> {
  vi.stubGlobal('fetch', async (url: string) => answer(url));
  const started: BatchStart[] = [];
  render(
    <IntlProvider locale="en" messages={en} timeZone="UTC">
      <BatchForm
        environment="lab"
        ca={caWith(template)}
        template={understandTemplate(template)}
        caHandle="key"
        profiles={[]}
        urls={{ names: 'http://console/names', registry: REGISTRY_URL }}
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

test('a CA without template: the page says that AWS was not asked, and goes on', async () => {
  const started = await open({ kind: 'none' }, NOTHING_TAKEN);
  expect(await screen.findByText(/has no template.*AWS was not asked/, {}, { timeout: 20_000 })).toBeTruthy();
  await submit();
  await waitFor(() => expect(started).toHaveLength(1));
});

test('a template that AWS keeps by name is evaluated as one on the CA is, and names the things of the batch', async () => {
  const started = await open(named(ok(IN_FORCE)), (url) =>
    url.startsWith(REGISTRY_URL)
      ? Response.json({ things: { pump: null }, policies: {}, namesakes: [], isPartial: false })
      : NOTHING_TAKEN(),
  );
  expect(await screen.findByText(/Dry run of line 1, pump/, {}, { timeout: 20_000 })).toBeTruthy();
  expect(screen.getByText(/AWS was asked about the things of 1 of 1 device/)).toBeTruthy();
  await submit();
  await waitFor(() => expect(started).toHaveLength(1));
  expect(started[0]?.what).toMatchObject({ plan: { templateBody: BY_NAME } });
});

test('devices that would share a thing are named, and need consent', async () => {
  const oneForAll = BY_NAME.replace('{"Ref":"AWS::IoT::Certificate::CommonName"}', '"gateway"');
  const started = await open(named(ok({ ...IN_FORCE, templateBody: oneForAll })), (url) =>
    url.startsWith(REGISTRY_URL)
      ? Response.json({ things: { gateway: null }, policies: {}, namesakes: [], isPartial: false })
      : NOTHING_TAKEN(),
  );
  await userEvent.type(pattern(), '-{{1..3}');
  expect(await isTicked()).toBe(false);
  expect(screen.getByText(/3 devices of this list would share one thing/)).toBeTruthy();
  expect(screen.getByText(/lines 1, 2, 3$/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: /^Issue 3 devices/ }));
  expect(started).toEqual([]);
});

test.each<[string, IssuingTemplate]>([
  ['cannot be read', { kind: 'inline', templateBody: '{', roleArn: '' }],
  ['AWS did not tell', named(fail(NO_ANSWER))],
  ['AWS does not have', named(fail({ kind: 'not-found', resource: 'provisioning-template', id: 'Fleet' }))],
  ['is not for devices of a CA', named(ok({ ...IN_FORCE, type: 'FLEET_PROVISIONING' }))],
])('a template that %s needs consent', async (_, template) => {
  const started = await open(template, NOTHING_TAKEN);
  expect(await isTicked()).toBe(false);
  expect(screen.getByText(/This CA’s template cannot be evaluated/)).toBeTruthy();
  await submit();
  expect(started).toEqual([]);
  await userEvent.click(await anyway());
  await submit();
  await waitFor(() => expect(started).toHaveLength(1));
});
