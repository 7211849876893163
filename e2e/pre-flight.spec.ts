/**
 * The first device's bundle before a factory run: made with OpenSSL, right and wrong in one thing each; and nothing of a key leaves the
 * page, whatever is dropped.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures/console-test';
import { keySecrets } from './fixtures/key-material';
import { findLeaks } from './fixtures/leak-search';
import { makeRehearsalDevice, registerRehearsalCa } from './fixtures/rehearsal';
import { keptFiles } from './fixtures/running-console';
import { aws, runLine } from './fixtures/sandbox-clients';
import { axeViolations } from './walk/axe';

test.use({ story: 'the pre-flight', isRecorded: true });
test.describe.configure({ mode: 'serial' });

const DEVICE = 'flight-1';

let folder: string;
let caId: string;

test.beforeAll(async ({ jitp }, testInfo) => {
  folder = path.join(testInfo.project.outputDir, 'pre-flight');
  caId = await registerRehearsalCa(jitp, folder, 'Flight');
  await makeRehearsalDevice(folder, 'other');
  copyFileSync(at('deviceCert.key'), at('other.key'));
  await makeRehearsalDevice(folder, DEVICE);
  const lines = [
    // For longer than what a pre-flight calls soon.
    `openssl x509 -req -in device.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out device.crt -days 200`,
    `cat device.crt ca.pem > deviceAndCa.crt`,
    `cat ca.pem device.crt > reversed.crt`,
    `openssl pkcs8 -topk8 -in deviceCert.key -out locked.key -passout pass:sesame-open`,
    `openssl req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout stranger.key -out stranger.pem -days 30 -subj '/CN=Stranger'`,
    `openssl x509 -req -in device.csr -CA stranger.pem -CAkey stranger.key -CAcreateserial -out strange.crt -days 30`,
  ];
  for (const line of lines) {
    const { code, output } = await runLine(line, folder);
    if (code !== 0) throw new Error(output);
  }
  const readme = (host: string, port: number) =>
    `mosquitto_pub --cafile awsRootCA.pem -h ${host} -p ${port} -q 1 -t ${DEVICE}/test -i ${DEVICE} -m Hello -d\n`;
  writeFileSync(at('README.txt'), readme('localhost', jitp.sandboxMqttPort));
  writeFileSync(at('address.txt'), readme('127.0.0.1', jitp.sandboxMqttPort));
  writeFileSync(at('elsewhere.txt'), readme('a1-ats.iot.eu-west-1.amazonaws.com', 8883));
});

const at = (name: string) => path.join(folder, name);
const GOOD = ['deviceCert.key', 'deviceAndCa.crt', 'awsRootCA.pem', 'README.txt'];

async function check(page: Page, files: readonly string[]): Promise<Locator> {
  await page.goto('/e/sandbox/pre-flight');
  await page.locator('input[type=file]').setInputFiles(files.map(at));
  const list = page.getByRole('list', { name: 'Checks' });
  await expect(list).toBeVisible();
  return list;
}

const rowOf = (list: Locator, title: string) =>
  list.getByRole('listitem').filter({ has: list.page().getByText(title, { exact: true }) });

test('a bundle that is right passes every check, and changes nothing', async ({ adminPage: page, jitp }) => {
  const list = await check(page, GOOD);
  await expect(page.getByText('Ready: every check has passed.')).toBeVisible({ timeout: 30_000 });
  await expect(list.getByText('Passed', { exact: true })).toHaveCount(14);
  expect(await axeViolations(page)).toEqual([]);
  expect((await aws(jitp, ['iot', 'list-certificates'])).certificates).toEqual([]);
  await page.setViewportSize({ width: 390, height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

const WRONG = [
  {
    files: ['other.key', 'deviceAndCa.crt', 'awsRootCA.pem', 'README.txt'],
    title: 'Private key',
    sentence: 'The private key belongs to another certificate.',
  },
  {
    files: [...GOOD, 'ca.key'],
    title: 'Private key',
    sentence: 'The bundle has the private key of the CA. No device may have it.',
  },
  {
    files: ['deviceCert.key', 'reversed.crt', 'awsRootCA.pem', 'README.txt'],
    title: 'Chain',
    sentence: 'The CA certificate stands in front of the device certificate.',
  },
  {
    files: ['deviceCert.key', 'strange.crt', 'awsRootCA.pem', 'README.txt'],
    title: 'Signature of the CA',
    sentence: 'No CA that is registered here vouches for the certificate.',
  },
  {
    files: ['deviceCert.key', 'deviceAndCa.crt', 'stranger.pem', 'README.txt'],
    title: 'Server root',
    sentence: 'The endpoint does not prove itself with the server root of the bundle.',
  },
  {
    files: ['deviceCert.key', 'deviceAndCa.crt', 'awsRootCA.pem', 'elsewhere.txt'],
    title: 'Endpoint',
    sentence: 'The device connects to a1-ats.iot.eu-west-1.amazonaws.com, and this environment is localhost.',
  },
  {
    files: ['deviceCert.key', 'deviceAndCa.crt', 'awsRootCA.pem', 'address.txt'],
    title: 'Endpoint',
    sentence: 'an address: without a name it sends no SNI.',
  },
];
for (const { files, title, sentence } of WRONG) {
  test(`${files.join(', ')}: ${title} fails`, async ({ adminPage: page }) => {
    const list = await check(page, files);
    await expect(page.getByText(/^Not ready/)).toBeVisible({ timeout: 30_000 });
    await expect(rowOf(list, title)).toContainText('Failed');
    await expect(rowOf(list, title)).toContainText(sentence);
  });
}

test('a key that is locked is not judged, and no bundle without one is called ready', async ({
  adminPage: page,
}) => {
  const list = await check(page, ['locked.key', 'deviceAndCa.crt', 'awsRootCA.pem', 'README.txt']);
  await expect(page.getByText('Not everything could be checked.')).toBeVisible({ timeout: 30_000 });
  await expect(rowOf(list, 'Private key')).toContainText('Not checked');
});

test('what stands in the way at AWS is said with its remedy', async ({ adminPage: page, jitp }) => {
  await aws(jitp, ['iot', 'update-ca-certificate', '--certificate-id', caId, '--new-status', 'INACTIVE']);
  await aws(jitp, ['iot', 'create-thing', '--thing-name', DEVICE]);
  const list = await check(page, GOOD);
  await expect(page.getByText('Not ready: 2 checks have failed.')).toBeVisible({ timeout: 30_000 });
  await expect(rowOf(list, 'CA in this account and Region')).toContainText('Activate the CA.');
  await expect(rowOf(list, 'Names')).toContainText(`A thing is called ${DEVICE} already`);
});

test('nothing of any key was sent, printed or kept', async ({ adminPage: page, jitp, recorder }) => {
  await check(page, [...GOOD, 'ca.key', 'other.key']);
  await expect(page.getByText(/^Not ready/)).toBeVisible({ timeout: 30_000 });
  const secrets = ['deviceCert.key', 'ca.key', 'other.key'].flatMap((name) => keySecrets(at(name)));
  expect(secrets.length).toBeGreaterThanOrEqual(3);
  const sent = (recorder?.recorded() ?? []).map((bytes, index) => ({ name: `connection ${index}`, bytes }));
  const certificate = readFileSync(at('device.crt'), 'utf8').split('\n')[2] ?? '';
  expect(sent.some(({ bytes }) => bytes.includes(certificate))).toBe(true);
  const places = [...sent, ...keptFiles(jitp), { name: 'output', bytes: Buffer.from(jitp.output()) }];
  expect(findLeaks(secrets, places)).toEqual([]);
  const planted = path.join(folder, 'planted');
  mkdirSync(planted, { recursive: true });
  const [secret] = secrets;
  const bytes = secret?.forms[0]?.bytes ?? Buffer.alloc(0);
  expect(findLeaks(secrets, [{ name: 'planted', bytes }])).not.toEqual([]);
});
