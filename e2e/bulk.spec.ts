/**
 * What batches are made of and become, where `batch.spec.ts` has their size: signing requests, profiles, an AWS that fails, and the
 * check of what was handed over. Output paths: a picked file (fifty devices) and a picked folder (requests). The pickers themselves
 * cannot be driven without a screen; in their place stand handles of the browser's own file system (OPFS), so what writes is the
 * very code that writes to disk. The download is covered by `batch.spec.ts`.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { unzipSync, zipSync } from 'fflate';
import { FAULT_SENTENCES, failCalls } from './fixtures/aws-faults';
import { expect, test } from './fixtures/console-test';
import { unlockCa } from './fixtures/device-form';
import { keySecrets } from './fixtures/key-material';
import { findLeaks } from './fixtures/leak-search';
import { ledgerRows } from './fixtures/ledger-rows';
import { registerRehearsalCa } from './fixtures/rehearsal';
import { runLine } from './fixtures/sandbox-clients';
import { axeViolations } from './walk/axe';

test.use({ story: 'bulk', isRecorded: true });
test.describe.configure({ mode: 'serial' });

const DEVICES = 50;

let context: BrowserContext;
let page: Page;
let folder: string;
let caId: string;
let archive: string;
let unpacked: string;

test.beforeAll(async ({ browser, jitp, adminState }, testInfo) => {
  folder = path.join(testInfo.project.outputDir, 'bulk');
  caId = await registerRehearsalCa(jitp, folder, 'Bulk');
  context = await browser.newContext({ storageState: adminState, baseURL: jitp.url });
  await context.addInitScript(() => {
    const root = () => navigator.storage.getDirectory();
    Object.assign(window, {
      showSaveFilePicker: async () => (await root()).getFileHandle('picked.zip', { create: true }),
      showDirectoryPicker: async () => (await root()).getDirectoryHandle('picked', { create: true }),
    });
  });
  page = await context.newPage();
});
test.afterAll(() => context.close());

const at = (name: string) => path.join(folder, name);

async function openForm(): Promise<void> {
  await page.goto(`/e/sandbox/devices/issue-batch?ca=${caId}`);
  await unlockCa(page, at('ca.key'));
}

const choose = (name: string) => page.getByRole('radio', { name }).check({ force: true });

/** The files that were written through the picked handles, by their paths. */
async function picked(name: string): Promise<Map<string, Buffer>> {
  const files = await page.evaluate(async (chosen) => {
    const found: [string, string][] = [];
    const encode = async (file: File) => {
      const octets = new Uint8Array(await file.arrayBuffer());
      return btoa(octets.reduce((text, octet) => text + String.fromCharCode(octet), ''));
    };
    const walk = async (folder: FileSystemDirectoryHandle, prefix: string) => {
      for await (const handle of folder.values()) {
        if (handle instanceof FileSystemFileHandle)
          found.push([prefix + handle.name, await encode(await handle.getFile())]);
        else if (handle instanceof FileSystemDirectoryHandle) await walk(handle, `${prefix}${handle.name}/`);
      }
    };
    const root = await navigator.storage.getDirectory();
    if (chosen.endsWith('.zip'))
      found.push([chosen, await encode(await (await root.getFileHandle(chosen)).getFile())]);
    else await walk(await root.getDirectoryHandle(chosen), '');
    return found;
  }, name);
  return new Map(files.map(([file, base64]) => [file, Buffer.from(base64, 'base64')]));
}

function unpackTo(directory: string, files: Iterable<[string, Uint8Array]>): void {
  for (const [name, bytes] of files) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), bytes);
  }
}

test('a profile is agreed once, and what goes beyond it is refused', async () => {
  await page.goto('/e/sandbox/profiles');
  await page.getByRole('link', { name: 'New profile' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Meters');
  await page.getByLabel('Pattern of the common names').fill('meter-{01..50}');
  await page.getByLabel('Country (C)').fill('de');
  await page.getByLabel('Valid for at most').fill('20');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /Meters/ })).toContainText('20 days');

  await openForm();
  await page.getByRole('button', { name: /Profile/ }).click();
  await page.getByRole('option', { name: 'Meters' }).click();
  await expect(page.getByLabel('Pattern of the common names')).toHaveValue('meter-{01..50}');
  await page.getByLabel('Valid for', { exact: true }).fill('21');
  await page.getByLabel('Valid for', { exact: true }).press('Tab');
  await expect(page.getByText('The profile allows at most 20 days.')).toBeVisible();
  await page.getByLabel('Valid for', { exact: true }).fill('20');
  await page.getByLabel('Valid for', { exact: true }).press('Tab');
  await expect(page.getByText('The profile allows at most 20 days.')).toBeHidden();
  expect(await axeViolations(page)).toEqual([]);
});

test('an AWS that throttles, fails or hangs up slows a batch down and breaks nothing', async ({ jitp }) => {
  const operation = 'DescribeCACertificate';
  const alert = (sentence: string) => page.getByRole('alert').filter({ hasText: sentence });
  const issue = () => page.getByRole('button', { name: `Issue ${DEVICES} devices` }).click();
  await expect(page.getByText('No name is taken in the ledger.')).toBeVisible({ timeout: 30_000 });
  await choose('One ZIP, written to disk');

  let putRight = async () => {};
  const failWith = async (fault: (typeof FAULT_SENTENCES)[number]['fault']) => {
    const replaced = putRight;
    putRight = await failCalls(jitp, { operation, fault });
    await replaced();
  };

  // Nothing typed is lost where AWS does not let the batch begin, however long that lasts.
  for (const { fault, sentence } of FAULT_SENTENCES) {
    await failWith(fault);
    await issue();
    await expect(alert(sentence)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByLabel('Pattern of the common names')).toHaveValue('meter-{01..50}');
  }
  await putRight();

  // Once it has begun, the page asks again by itself, and writes nothing before its rows are there.
  const first = FAULT_SENTENCES[0].fault;
  await page.route(
    '**/batches/reserve',
    async (route) => {
      await failWith(first);
      await route.continue();
    },
    { times: 1 },
  );
  await issue();
  for (const { fault, sentence } of FAULT_SENTENCES) {
    if (fault !== first) await failWith(fault);
    await expect(alert(sentence)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/asks again within/)).toBeVisible();
    await expect(page.getByText(new RegExp(`^0 of ${DEVICES} devices`))).toBeVisible();
  }
  await putRight();
  await page.getByRole('button', { name: 'Ask again now' }).click();
  await expect(page.getByText(`${DEVICES} devices are issued and delivered`)).toBeVisible({
    timeout: 60_000,
  });

  archive = at('picked.zip');
  unpacked = at('unpacked');
  const zip = (await picked('picked.zip')).get('picked.zip') ?? Buffer.alloc(0);
  writeFileSync(archive, zip);
  unpackTo(unpacked, Object.entries(unzipSync(zip)));
  const verified = await runLine(
    `openssl verify -CAfile '${path.resolve(at('ca.pem'))}' meter-*/*[0-9a-f].crt | grep -c ': OK$'`,
    unpacked,
  );
  expect(verified.output).toBe(`${DEVICES}\n`);
  const manifest = readFileSync(path.join(unpacked, 'manifest.jsonl'));
  await expect(page.getByText(createHash('sha256').update(manifest).digest('hex'))).toBeVisible();

  // Each row once, and no batch of those that could not begin.
  const lines = manifest.toString().trim().split('\n');
  const issued = lines.map((line) => JSON.parse(line));
  expect(await ledgerRows(page)).toEqual(
    issued.map((line) => `${line.commonName} ${line.certificateId} delivered`).sort(),
  );
  expect(issued).toHaveLength(DEVICES);
  await page.goto('/e/sandbox/devices/batches');
  await expect(page.getByRole('rowheader')).toHaveCount(1);
});

test('signing requests become certificates in a folder, and no key is made', async () => {
  const requests = at('requests');
  mkdirSync(path.join(requests, 'line-1'), { recursive: true });
  for (const name of ['valve-1', 'valve-2', 'valve-3']) {
    const key = `-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ../${name}.key`;
    await runLine(`openssl req -new ${key} -out line-1/${name}.csr -subj /C=DE/CN=${name}`, requests);
  }
  await runLine(
    'openssl req -new -newkey rsa:1024 -nodes -keyout ../weak.key -out weak.csr -subj /CN=valve-4',
    requests,
  );
  writeFileSync(path.join(requests, 'cut.csr'), '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n');
  writeFileSync(path.join(requests, 'notes.txt'), 'the valves of line 1');

  await openForm();
  await choose('Signing requests');
  await page.locator('input[webkitdirectory]').setInputFiles(requests);
  const faults = page.getByRole('list', { name: 'Rows with faults' });
  await expect(faults.getByRole('listitem')).toHaveCount(2);
  await expect(faults.getByRole('listitem').filter({ hasText: 'weak.csr' })).toContainText('1024 bits');
  await expect(faults.getByRole('listitem').filter({ hasText: 'cut.csr' })).toContainText('no end');
  await expect(page.getByText('1 other file is no request and left out.')).toBeVisible();
  await page.getByRole('button', { name: 'Leave these 2 out' }).click();
  await expect(page.getByText('No name is taken in the ledger.')).toBeVisible({ timeout: 30_000 });
  await choose('A folder You pick');
  await page.getByRole('button', { name: 'Issue 3 devices' }).click();
  await expect(page.getByText('3 devices are issued and delivered')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('No key was made')).toBeVisible();

  const files = await picked('picked');
  expect([...files.keys()].filter((name) => name.includes('.key'))).toEqual([]);
  const valves = at('valves');
  unpackTo(valves, files);
  const leaves = readdirSync(valves).filter((name) => name.startsWith('valve-'));
  expect(leaves).toHaveLength(3);
  for (const leaf of leaves) {
    const verified = await runLine(
      [
        `openssl verify -CAfile ../ca.pem ${leaf}/${leaf}.crt`,
        `openssl x509 -in ${leaf}/${leaf}.crt -noout -pubkey > pub`,
        `openssl pkey -in ../${leaf.slice(0, 7)}.key -pubout | cmp - pub`,
      ].join(' && '),
      valves,
    );
    expect(verified).toMatchObject({ code: 0, output: `${leaf}/${leaf}.crt: OK\n` });
  }
});

test('a batch that was handed over is checked in the page, and every change is found', async ({
  recorder,
}) => {
  await page.goto('/e/sandbox/check-batch');
  const file = page.locator('input[type=file]:not([webkitdirectory])');
  await file.setInputFiles(archive);
  await expect(page.getByText(`Everything fits: ${DEVICES} devices, as the ledger has them.`)).toBeVisible({
    timeout: 30_000,
  });
  expect(await axeViolations(page)).toEqual([]);

  const files = unzipSync(readFileSync(archive));
  const [first = '', second = ''] = Object.keys(files).filter((name) => name.endsWith('.key'));
  const spoiled = {
    ...files,
    [first]: files[second] ?? new Uint8Array(),
    [second]: files[first] ?? new Uint8Array(),
    'planted.key': files[first] ?? new Uint8Array(),
  };
  writeFileSync(at('spoiled.zip'), zipSync(spoiled));
  await file.setInputFiles(at('spoiled.zip'));
  await expect(page.getByText(`2 of ${DEVICES} devices have faults.`)).toBeVisible({ timeout: 30_000 });
  const faults = page.getByRole('list', { name: 'Faults' });
  await expect(faults.getByText('A key does not belong to its certificate')).toBeVisible();
  await expect(faults.getByText('A file is not the one that was issued')).toBeVisible();
  await expect(page.getByText('planted.key')).toBeVisible();

  const altered = {
    ...files,
    'manifest.jsonl': Buffer.from(
      readFileSync(path.join(unpacked, 'manifest.jsonl'), 'utf8').replace('\n', '\n\n'),
    ),
  };
  writeFileSync(at('altered.zip'), zipSync(altered));
  await file.setInputFiles(at('altered.zip'));
  await expect(page.getByText('The manifest is not the one that was delivered.')).toBeVisible({
    timeout: 30_000,
  });

  const secrets = [first, second].flatMap((name) => keySecrets(path.join(unpacked, name)));
  const sent = (recorder?.recorded() ?? []).map((bytes, index) => ({ name: `connection ${index}`, bytes }));
  expect(sent.some(({ bytes }) => bytes.includes('/check-batch'))).toBe(true);
  expect(findLeaks(secrets, sent)).toEqual([]);
});
