/**
 * "Why is this device not active?", asked as support does: with whatever is at hand. Files are read in the page, and of their private
 * keys nothing leaves it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { expect, test } from './fixtures/console-test';
import { dropFiles } from './fixtures/file-drop';
import { keySecrets } from './fixtures/key-material';
import { findLeaks, textSecret } from './fixtures/leak-search';
import { makeRehearsalCa, makeRehearsalDevice, publishOnce, registerRehearsalCa } from './fixtures/rehearsal';
import type { RunningConsole } from './fixtures/running-console';
import { aws, runLine } from './fixtures/sandbox-clients';
import { axeViolations } from './walk/axe';

test.use({ story: 'diagnosis', isRecorded: true });

const PASSPHRASE = 'Zwölf Löwen im Ordner';
const WRONG_PASSPHRASE = 'elf Löwen im Ordner';

let context: BrowserContext;
let page: Page;
/** A fleet whose devices become active. */
let good: string;
/** A fleet whose role may not provision. */
let bad: string;
let goodId: string;

test.beforeAll(async ({ browser, jitp, adminState }, testInfo) => {
  const root = path.join(testInfo.project.outputDir, 'diagnosis');
  [good, bad] = [path.join(root, 'good'), path.join(root, 'bad')];
  context = await browser.newContext({ storageState: adminState, baseURL: jitp.url });
  page = await context.newPage();
  await registerRehearsalCa(jitp, good, 'good-fleet');
  await registerRehearsalCa(jitp, bad, 'bad-fleet');
  const policyArn = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';
  await aws(jitp, ['iam', 'detach-role-policy', '--role-name', 'bad-fleet', '--policy-arn', policyArn]);
  goodId = await makeRehearsalDevice(good, 'press-1');
  await publishOnce(jitp, good, 'press-1');
  await expect.poll(() => statusOf(jitp, goodId), { timeout: 20_000 }).toBe('ACTIVE');
});
test.afterAll(() => context.close());

async function statusOf(running: RunningConsole, certificateId: string): Promise<string> {
  const { certificateDescription } = await aws(running, [
    'iot',
    'describe-certificate',
    '--certificate-id',
    certificateId,
  ]);
  return certificateDescription.status;
}

/** A device without the common name that the template asks for. */
async function makeNameless(folder: string): Promise<string> {
  const made = await runLine(
    [
      "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout deviceCert.key -out device.csr -subj '/O=AMZ'",
      'openssl x509 -req -in device.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out device.crt -days 30',
      'cat device.crt ca.pem > deviceAndCa.crt',
      'openssl x509 -in device.crt -outform DER | openssl sha256 -r | cut -c1-64',
    ].join(' && '),
    folder,
  );
  return /^[0-9a-f]{64}$/m.exec(made.output)?.[0] ?? '';
}

const diagnosis = (on: Page = page): Locator =>
  on.getByRole('region', { name: /^(Why is this device not active\?|Diagnosis)$/ });

test('two causes at once are both said, what to do first first, with evidence and who can do it', async ({
  jitp,
}) => {
  const id = await makeNameless(bad);
  await publishOnce(jitp, bad, 'nameless');
  await page.goto(`/e/sandbox/devices/${id}`);
  const cause = diagnosis().getByRole('status').filter({ hasText: 'Certain' });
  await expect(cause).toContainText('The template asks for AWS::IoT::Certificate::CommonName');
  await expect(cause).toContainText('AWS answered DescribeCertificate');
  await expect(cause).toContainText('A security admin');
  await expect(diagnosis().getByRole('listitem').filter({ hasText: 'may not do all that' })).toContainText(
    'bad-fleet',
  );
  const ladder = page.getByRole('list', { name: 'Activation' });
  await expect(ladder.getByRole('listitem').filter({ hasText: 'Thing' })).toHaveAttribute(
    'aria-current',
    'step',
  );
  await expect(page.getByText('Not before activation')).toBeVisible();

  await page.getByRole('link', { name: 'Ask CloudTrail' }).click();
  await expect(
    diagnosis()
      .getByText(/InvalidRequestException|Cannot resolve/)
      .first(),
  ).toBeVisible();
  await expect(page.getByText('Not live while CloudTrail’s record is shown.')).toBeVisible();
});

test.describe('one box takes', () => {
  const find = async (text: string) => {
    const box = page.getByRole('textbox', { name: 'Anything of the device' });
    await box.fill(text);
    await page.getByRole('button', { name: 'Find', exact: true }).click();
  };
  const found = () =>
    page.getByRole('region', { name: 'One is meant' }).getByRole('link', { name: 'press-1' });
  const drop = (...name: string[]) => dropFiles(page, /^Anything of the device$/, [path.join(good, ...name)]);

  test.beforeAll(async () => {
    await runLine('openssl x509 -in device.crt -outform DER -out device.der', good);
    await runLine('cat ca.pem device.crt > reversed.crt', good);
    const store = `openssl pkcs12 -export -inkey deviceCert.key -in device.crt -certfile ca.pem`;
    await runLine(`${store} -out device.p12 -passout 'pass:${PASSPHRASE}'`, good);
    await runLine(`${store} -legacy -out legacy.p12 -passout 'pass:${PASSPHRASE}'`, good);
    const inside = ['deviceCert.key', 'device.der'].map((name) => [
      name,
      readFileSync(path.join(good, name)),
    ]);
    writeFileSync(path.join(good, 'device.zip'), zipSync(Object.fromEntries(inside)));
  });
  test.beforeEach(() => page.goto('/e/sandbox/find'));

  const colons = (id: string) => id.toUpperCase().replace(/..(?!$)/g, '$&:');
  for (const { what, text, said } of [
    { what: 'a thing name', text: () => 'press-1', said: 'This is a name' },
    { what: 'a certificate id', text: () => goodId, said: 'This is a certificate id' },
    {
      what: 'a fingerprint',
      text: () => `sha256 Fingerprint=${colons(goodId)}`,
      said: 'This is a certificate id',
    },
    {
      what: 'an ARN',
      text: () => `arn:aws:iot:us-east-1:123456789012:cert/${goodId}`,
      said: 'This is the ARN of a certificate',
    },
    {
      what: "a broker's log line",
      text: () => '1690000000: New client connected from 192.0.2.1:51000 as press-1 (p4, c1, k60).',
      said: 'This is from a log',
    },
    {
      what: "a line of AWS IoT's log",
      text: () =>
        JSON.stringify({ eventType: 'Connect', status: 'Failure', clientId: 'x', principalId: goodId }),
      said: 'This is from a log',
    },
    {
      what: 'pasted PEM',
      text: () => readFileSync(path.join(good, 'device.crt'), 'utf8'),
      said: 'This is a file with one certificate.',
    },
  ]) {
    test(what, async () => {
      await find(text());
      await expect(page.getByText(said)).toBeVisible();
      await expect(found()).toHaveAttribute('href', `/e/sandbox/devices/${goodId}`);
      await expect(diagnosis()).toBeVisible();
    });
  }

  for (const { what, name, said } of [
    { what: 'a chain', name: 'deviceAndCa.crt', said: 'with 2 certificates.' },
    { what: 'DER', name: 'device.der', said: 'with one certificate.' },
    {
      what: 'a ZIP file with a key',
      name: 'device.zip',
      said: 'a ZIP file with one certificate and a private key.',
    },
  ]) {
    test(`${what}, dropped`, async () => {
      await drop(name);
      await expect(page.getByText(said)).toBeVisible();
      await expect(found()).toHaveAttribute('href', `/e/sandbox/devices/${goodId}`);
    });
  }

  test('a signing request, by the name that it asks for', async () => {
    await drop('device.csr');
    await expect(page.getByText('Signing request for CN=press-1')).toBeVisible();
    await expect(found()).toBeVisible();
  });

  test('a chain in the wrong order, and says so', async () => {
    await drop('reversed.crt');
    await expect(diagnosis()).toContainText('The file begins with a CA certificate');
  });

  test('PKCS#12, which asks for its passphrase', async () => {
    await drop('device.p12');
    const field = page.getByLabel('Passphrase of the PKCS#12 file', { exact: true });
    await field.fill(WRONG_PASSPHRASE);
    await field.press('Enter');
    await expect(page.getByText('This passphrase does not open the file.')).toBeVisible();
    await field.fill(PASSPHRASE);
    await field.press('Enter');
    await expect(page.getByText('a PKCS#12 file with 2 certificates and a private key.')).toBeVisible();
    await expect(page.getByText('The key stays here')).toBeVisible();
    await expect(found()).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('PKCS#12 of old tools, with the line that opens it', async () => {
    await drop('legacy.p12');
    await expect(page.getByText('encrypted in an old way (PBE-SHA1-RC2-40)')).toBeVisible();
    await expect(page.getByText('openssl pkcs12 -legacy')).toBeVisible();
  });

  test('a private key alone, which it names and does not send', async () => {
    await drop('deviceCert.key');
    await expect(page.getByText('with no certificate and a private key.')).toBeVisible();
  });

  test('a private key in the palette, which gets into no address', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText(
      readFileSync(path.join(good, 'deviceCert.key'), 'utf8').replaceAll('\n', ' '),
    );
    await page.getByRole('menuitem', { name: 'Find a device' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page).toHaveURL(/\/find$/);
  });

  test('what nobody knows, and says where it looked', async () => {
    await find('press-nobody');
    await expect(page.getByRole('region', { name: 'Nothing was found' })).toContainText(
      'Things in AWS: nothing.',
    );
    expect(await axeViolations(page)).toEqual([]);
    // What is not taken leaves no older answer below it.
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'no.zip', mimeType: 'application/zip', buffer: Buffer.alloc(0) });
    await expect(page.getByText('no.zip is empty.')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Nothing was found' })).toHaveCount(0);
  });

  test('a thing without a certificate', async ({ jitp }) => {
    await aws(jitp, ['iot', 'create-thing', '--thing-name', 'press-bare']);
    await find('press-bare');
    await expect(page.getByText('Thing without a certificate: nothing can connect as it')).toBeVisible();
  });

  test('what the address or the palette asks for', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('press-1');
    await page.getByRole('menuitem', { name: 'Find the device “press-1”' }).click();
    await expect(page).toHaveURL(/\/find\?q=press-1$/);
    await expect(found()).toBeVisible();
  });
});

test('a support operator reads why, and may not act', async ({ browser, jitp }) => {
  const waiting = await makeWaiting(jitp, path.join(path.dirname(good), 'waiting'));
  const address = `/e/sandbox/devices/${waiting}`;
  await page.goto(address);
  await expect(diagnosis()).toContainText('no topic rule that answers its registrations was found');
  await expect(page.getByRole('button', { name: /^Activate/ }).first()).toBeVisible();

  await page.goto('/operators');
  await page.getByRole('button', { name: 'Add operator' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Sara Support');
  await page.getByLabel('Email').fill('sara@example.com');
  await page.getByRole('radio', { name: /Support/ }).check({ force: true });
  await page.getByRole('button', { name: 'Add and make link' }).click();
  const link = await page
    .getByRole('alertdialog', { name: 'Link for Sara Support' })
    .locator('code')
    .textContent();
  const own = await browser.newContext({ baseURL: jitp.url });
  const sara = await own.newPage();
  await sara.goto(link ?? '');
  await sara.getByLabel('New password', { exact: true }).fill('a password of her own');
  await sara.getByLabel('Repeat the password', { exact: true }).fill('a password of her own');
  await sara.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(sara).toHaveURL(/\/e\/sandbox/);
  await sara.goto(address);
  await expect(diagnosis(sara)).toContainText('no topic rule that answers its registrations was found');
  await expect(sara.getByRole('button', { name: /^Copy .*not active/ })).toBeVisible();
  await expect(sara.getByRole('button', { name: /Activate|Deactivate|Revoke|Delete/ })).toHaveCount(0);
  await own.close();
});

/** A device that has connected under a CA without a template, and waits. */
async function makeWaiting(running: RunningConsole, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await makeRehearsalCa(running, folder, 'waiting-fleet');
  await aws(
    running,
    [
      ...['iot', 'register-ca-certificate', '--ca-certificate', 'file://ca.pem'],
      ...['--certificate-mode', 'SNI_ONLY', '--set-as-active', '--allow-auto-registration'],
    ],
    folder,
  );
  const id = await makeRehearsalDevice(folder, 'press-9');
  await publishOnce(running, folder, 'press-9');
  return id;
}

test('no key and no passphrase left the page', ({ recorder }) => {
  const secrets = [
    ...keySecrets(path.join(good, 'deviceCert.key')),
    textSecret('passphrase', PASSPHRASE),
    textSecret('wrong passphrase', WRONG_PASSPHRASE),
  ];
  const places = (recorder?.recorded() ?? []).map((bytes, index) => ({ name: `connection ${index}`, bytes }));
  expect(places.length).toBeGreaterThan(0);
  expect(findLeaks(secrets, places)).toEqual([]);
});
