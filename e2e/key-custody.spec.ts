/**
 * Private keys and passphrases stay with the person: after the whole loop, every form of every secret is looked for in all that the
 * browser sent, in what the processes printed and in what they keep; and the search is shown to find what is planted.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { createCa, next, openWizard, proveKey, register, type SavedCa, saveKey } from './fixtures/ca-wizard';
import { ADMIN, expect, test } from './fixtures/console-test';
import { type Bundle, issue, unlockCa } from './fixtures/device-form';
import { keySecrets } from './fixtures/key-material';
import { findLeaks, numberSecret, type Place, type Secret, textSecret } from './fixtures/leak-search';
import type { RecordingProxy } from './fixtures/recording-proxy';
import { keptFiles } from './fixtures/running-console';
import { runLine } from './fixtures/sandbox-clients';

test.use({ story: 'key custody', isRecorded: true });
test.describe.configure({ mode: 'serial' });

/** Letters that every encoding writes in its own way. */
const PASSPHRASE = 'Zwölf Löwen & 3 Çiçek = Glück';
const WRONG_PASSPHRASE = 'Dreizehn Löwen waren es nicht';

let context: BrowserContext;
let page: Page;
let folder: string;
let ca: SavedCa;
let device: Bundle;
let secrets: Secret[];
const addressed: string[] = [];
const sockets: string[] = [];

test.beforeAll(async ({ browser, jitp, adminState }, testInfo) => {
  folder = path.join(testInfo.project.outputDir, 'key-custody');
  mkdirSync(folder, { recursive: true });
  context = await browser.newContext({ storageState: adminState, baseURL: jitp.url, acceptDownloads: true });
  page = await context.newPage();
  context.on('request', (request) => addressed.push(request.url()));
  page.on('websocket', (socket) => sockets.push(socket.url()));
});
test.afterAll(() => context.close());

test('the search finds every form, in any surroundings, and nothing where nothing is', () => {
  const number = numberSecret('number', Buffer.concat([Buffer.alloc(1), randomBytes(32)]));
  const passphrase = textSecret('passphrase', PASSPHRASE);
  const noise = () => randomBytes(300);
  expect(findLeaks([number, passphrase], [{ name: 'noise', bytes: noise() }])).toEqual([]);
  for (const secret of [number, passphrase]) {
    for (const { name, bytes } of secret.forms) {
      const place = { name: 'planted', bytes: Buffer.concat([noise(), bytes, noise()]) };
      expect(findLeaks([secret], [place])).toContainEqual({
        secret: secret.name,
        form: name,
        place: 'planted',
      });
    }
  }
});

test('the search finds a number within base64 of more, in lines, escaped and percent-encoded', () => {
  const bytes = randomBytes(32);
  const number = numberSecret('number', bytes);
  // Base64 without its two special characters is base64url as well, and is then rightly found as both.
  for (const before of [30, 31, 32]) {
    const found = { secret: 'number', form: `base64 shifted by ${before % 3}`, place: 'text' };
    const base64 = Buffer.concat([randomBytes(before), bytes, randomBytes(50)]).toString('base64');
    const lines = base64.replace(/.{64}/g, '$&\n');
    for (const text of [
      base64,
      lines,
      JSON.stringify(lines),
      encodeURIComponent(base64),
      encodeURIComponent(lines),
    ]) {
      expect(findLeaks([number], [{ name: 'text', bytes: Buffer.from(text) }])).toContainEqual(found);
    }
  }
});

test('the loop: a CA, a device under it, and its first connection', async () => {
  test.setTimeout(240_000);
  await openWizard(page);
  await createCa(page, { commonName: 'Custody CA', country: 'DE', algorithm: 'RSA 2048' });
  ca = await saveKey(page, PASSPHRASE, folder);
  await proveKey(page, ca, PASSPHRASE);
  for (let step = 0; step < 4; step += 1) await next(page);
  await register(page);
  await page.getByRole('main').getByRole('link', { name: 'Issue a device' }).click();
  await unlockCa(page, ca.keyFile, PASSPHRASE, WRONG_PASSPHRASE);
  await page.getByLabel('Common name (CN)').fill('CustodyThing');
  device = await issue(page, folder);
  await page.getByRole('link', { name: 'Watch its first contact' }).click();
  await runLine(device.lines.firstConnect, device.folder);
  await expect(page.getByText('Active: connect again now')).toBeVisible({ timeout: 45_000 });

  const keyFile = device.names.find((name) => name.endsWith('.key')) ?? 'no key';
  secrets = [
    ...keySecrets(ca.keyFile, PASSPHRASE),
    ...keySecrets(path.join(device.folder, keyFile)),
    textSecret('passphrase', PASSPHRASE),
    textSecret('mistyped passphrase', WRONG_PASSPHRASE),
  ];
  // RSA: d, p, q, dP, dQ, qInv; EC: the scalar; two passphrases.
  expect(secrets).toHaveLength(6 + 1 + 2);
});

test('nothing that the browser sent has a secret in it', async ({ recorder }) => {
  const sent = sentTo(recorder);
  // The recorder sees bodies: what is public went through it.
  const certificate = readFileSync(ca.certificateFile, 'utf8').split('\n')[3] ?? '';
  expect(sent.some(({ bytes }) => bytes.includes(certificate))).toBe(true);
  expect(sent.some(({ bytes }) => bytes.includes(ADMIN.email))).toBe(true);
  expect(findLeaks(secrets, sent)).toEqual([]);
});

test('nothing was sent past the recorder', ({ recorder }) => {
  const origin = recorder?.origin ?? '';
  expect(addressed.length).toBeGreaterThan(10);
  expect(
    addressed.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`)),
  ).toEqual([]);
  expect(sockets).toEqual([]);
});

test('nothing that the browser keeps has a secret in it', async () => {
  const kept = await page.evaluate(() =>
    JSON.stringify({ ...localStorage, ...sessionStorage, history: history.state }),
  );
  const { origins, cookies } = await context.storageState({ indexedDB: true });
  const bytes = Buffer.from(kept + JSON.stringify({ origins, cookies }));
  expect(findLeaks(secrets, [{ name: 'browser', bytes }])).toEqual([]);
});

test('a leak that is planted in a request is found, form by form', async ({ recorder }) => {
  const plants = plantsOf(secrets);
  await page.evaluate(
    (bodies) =>
      Promise.all(bodies.map((body) => fetch('/icon.svg', { method: 'POST', body: Uint8Array.from(body) }))),
    plants.map(({ bytes }) => [...bytes]),
  );
  const sent = Buffer.concat(sentTo(recorder).map(({ bytes }) => bytes));
  for (const { secret, form, begin, end } of plants) {
    const from = sent.indexOf(begin);
    const place = { name: 'request', bytes: sent.subarray(from, sent.indexOf(end, from)) };
    expect(findLeaks([secret], [place])).toContainEqual({ secret: secret.name, form, place: 'request' });
  }
});

test('a leak that is planted in an address or in a header is found', async ({ recorder }) => {
  for (const plant of ['address', 'header'] as const) {
    const value = textSecret('planted', `${plant} ${randomBytes(12).toString('hex')} ö`);
    const percent = value.forms.find(({ name }) => name === 'percent-encoded')?.bytes.toString() ?? '';
    await page.evaluate(
      ([where, text]) =>
        where === 'address'
          ? fetch(`/planted?${text}`)
          : fetch('/planted', { headers: { 'x-planted': text ?? '' } }),
      [plant, percent],
    );
    expect(findLeaks([value], sentTo(recorder))).not.toEqual([]);
  }
});

test('nothing that the processes printed or keep has a secret in it, and what is planted there is found', async ({
  jitp,
}) => {
  await jitp.stop();
  const password = textSecret('password of the admin', ADMIN.password);
  const kept = (): Place[] => [
    ...keptFiles(jitp).map(({ name, bytes }) => ({ name: path.relative(jitp.dataDir, name), bytes })),
    { name: 'output', bytes: Buffer.from(jitp.output()) },
  ];
  const places = kept();
  expect(jitp.output()).toContain('JITP Console is ready');
  // These are the files of database and sandbox: what is public stands in both.
  const named = places.filter(({ bytes }) => bytes.includes('CustodyThing')).map(({ name }) => name);
  expect(named.some((name) => name.startsWith('database/'))).toBe(true);
  expect(named.some((name) => name.startsWith('sandbox/'))).toBe(true);
  expect(findLeaks([...secrets, password], places)).toEqual([]);

  const plants = plantsOf(secrets);
  for (const [index, { bytes }] of plants.entries()) {
    writeFileSync(path.join(jitp.dataDir, `planted-${index}.log`), bytes);
  }
  const found = kept().filter(({ name }) => name.startsWith('planted-'));
  for (const [index, { secret, form }] of plants.entries()) {
    const place = `planted-${index}.log`;
    expect(
      findLeaks(
        [secret],
        found.filter(({ name }) => name === place),
      ),
    ).toContainEqual({
      secret: secret.name,
      form,
      place,
    });
  }
});

/** Every form of every secret, between marks by which it is found again. */
function plantsOf(all: readonly Secret[]) {
  return all.flatMap((secret) =>
    secret.forms.map(({ name: form, bytes }) => {
      const mark = randomBytes(9).toString('hex');
      const [begin, end] = [`<${mark}>`, `</${mark}>`];
      return {
        secret,
        form,
        begin,
        end,
        bytes: Buffer.concat([Buffer.from(begin), bytes, Buffer.from(end)]),
      };
    }),
  );
}

const sentTo = (recorder: RecordingProxy | undefined): Place[] =>
  (recorder?.recorded() ?? []).map((bytes, index) => ({ name: `connection ${index}`, bytes }));
