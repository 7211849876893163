/**
 * A policy is built of sentences, broken, mended, tried out and saved twice; and a template is tried with certificates of
 * one's choice. In a console of its own, since policies and templates would stand in other stories' lists.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/console-test';
import { dropFiles } from './fixtures/file-drop';
import { aws } from './fixtures/sandbox-clients';
import { axeViolations } from './walk/axe';

test.use({ story: 'the policy editor' });
test.describe.configure({ mode: 'serial' });

const NAME = 'PumpPolicy';
const OWN = `\${iot:Connection.Thing.ThingName}`;
const EDITOR = '/e/sandbox/policy-editor';
const NARROW = 390;

/** AWS's article; read as a file, since Node imports JSON in another way than the console's bundler. */
const SCOPED = path.resolve(import.meta.dirname, '../lib/provisioning/fixtures/jitp-scoped.json');

/** As many as fit into no policy: the editor has to show them all the same. */
const MANY = JSON.stringify({
  Version: '2012-10-17',
  Statement: Array.from({ length: 30 }, (_, index) => ({
    Effect: index % 4 === 3 ? 'Deny' : 'Allow',
    Action: 'iot:Publish',
    Resource: `arn:aws:iot:us-east-1:123456789012:topic/${'a-long-name/'.repeat(9)}${index}/*`,
    ...(index === 5 ? { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } } : {}),
  })),
});

test('a policy is built by clicking and typing, and saved as it was shown', async ({
  adminPage: page,
  jitp,
}) => {
  await page.goto('/e/sandbox/policies');
  await page.getByRole('link', { name: 'New policy' }).click();
  await page.getByLabel('Policy name', { exact: true }).fill(NAME);

  await page.getByRole('button', { name: 'Start from…' }).click();
  await page.getByRole('menuitem', { name: /^Telemetry only/ }).click();
  await page.getByRole('button', { name: 'Replace', exact: true }).click();
  await expect(page.getByRole('listitem', { name: 'Statement 2' })).toContainText(
    'The device may publish on topics below dt/⟨its thing name⟩.',
  );

  await page.getByRole('button', { name: 'Add a sentence' }).click();
  await page.getByRole('menuitem', { name: 'May subscribe below its own name' }).click();
  const added = page.getByRole('listitem', { name: 'Statement 3' });
  await added.getByRole('button', { name: /Which/ }).click();
  await page.getByRole('option', { name: 'Topic filters of a form' }).click();
  const pattern = added.getByRole('combobox', { name: 'Name' });
  await pattern.fill('');
  await pattern.pressSequentially('cmd/$commonname');
  await page.keyboard.press('Enter');
  await expect(pattern).toHaveValue(`cmd/\${iot:Certificate.Subject.CommonName}`);
  await pattern.press('End');
  await pattern.pressSequentially('/#');
  await added.getByRole('button', { name: 'Done with statement 3' }).click();
  await expect(added).toContainText('Subscribing is allowed, receiving is not.');
  await added.getByRole('button', { name: /^Fix: Subscribing is allowed/ }).click();
  await expect(page.getByRole('listitem', { name: 'Statement 4' })).toContainText('receive');
  await expect(page.getByText(/^no errors/)).toBeVisible();

  await page.getByRole('button', { name: 'Create policy' }).click();
  await expect(page.getByText(`The policy ${NAME} was created.`)).toBeVisible();
  const { policyDocument } = await aws(jitp, ['iot', 'get-policy', '--policy-name', NAME]);
  const { Statement } = JSON.parse(policyDocument);
  expect(Statement[1].Resource).toBe(`arn:aws:iot:us-east-1:123456789012:topic/dt/${OWN}/*`);
  expect(Statement).toHaveLength(4);
});

test('an attack is named and mended by one click, and a try-out shows the difference', async ({
  adminPage: page,
}) => {
  await page.goto(`${EDITOR}?policy=${NAME}`);
  const good = await page.getByLabel('Policy as JSON').inputValue();
  await fillJson(
    page,
    good.replace(`client/${OWN}`, 'client/*').replace(/,\s*"Condition": \{[^}]*\}\s*\}/, ''),
  );
  const first = page.getByRole('listitem', { name: 'Statement 1' });
  await expect(first).toContainText('Attack: Impersonation and session takeover');
  await page.getByLabel('Client id', { exact: true }).fill('another-device');
  const answer = page.getByRole('status').filter({ hasText: 'Asked: iot:Connect' });
  await expect(answer).toContainText('Allowed');

  await first.getByRole('button', { name: /^Fix: A device may connect with any/ }).click();
  await expect(answer).toContainText('No statement allows it');
  await expect(answer).toContainText('The connection has no thing');
  await page.getByLabel('Client id', { exact: true }).fill('device-1');
  await expect(answer).toContainText('Statement 1 allows it.');

  // What was broken can be taken back, step by step.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(first).toContainText('Impersonation');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(first).not.toContainText('Impersonation');

  await fillJson(page, '{ "Version": ');
  await expect(page.getByText('The text is not JSON, so it cannot be shown as sentences.')).toBeVisible();
  await expect(page.getByText('AWS would refuse the policy')).toBeVisible();
});

test('a new version is put in force, and the oldest makes room where there are five', async ({
  adminPage: page,
  jitp,
}) => {
  for (let version = 2; version <= 6; version += 1) {
    await page.goto(`/e/sandbox/policies/${NAME}`);
    await page.getByRole('link', { name: 'New version' }).click();
    await expect(page.getByLabel('Policy as JSON')).toHaveValue(/2012-10-17/);
    if (version === 6) await expect(page.getByText('version 1 of')).toBeVisible();
    await page.getByRole('button', { name: 'Add a sentence' }).click();
    await page.getByRole('menuitem', { name: 'May never …' }).click();
    await page.getByRole('button', { name: 'Save as new version' }).click();
    await expect(page.getByText(`Version ${version} of ${NAME} was saved.`)).toBeVisible();
  }
  const { policyVersions } = await aws(jitp, ['iot', 'list-policy-versions', '--policy-name', NAME]);
  const kept = policyVersions.map(({ versionId }: { versionId: string }) => versionId);
  expect(new Set(kept)).toEqual(new Set(['2', '3', '4', '5', '6']));

  await page.goto(`/e/sandbox/policies/${NAME}?version=2`);
  await page.getByRole('button', { name: 'Put in force' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Put in force' }).click();
  await expect(page.getByText(`Version 2 of ${NAME} is in force.`)).toBeVisible();
  const { defaultVersionId } = await aws(jitp, ['iot', 'get-policy', '--policy-name', NAME]);
  expect(defaultVersionId).toBe('2');
});

test('AWS itself is asked about a certificate that it has', async ({ adminPage: page, jitp }) => {
  const made = await aws(jitp, ['iot', 'create-keys-and-certificate', '--set-as-active']);
  const { certificateArn, certificateId } = made;
  await aws(jitp, ['iot', 'attach-policy', '--policy-name', NAME, '--target', certificateArn]);
  await page.goto(EDITOR);
  const answer = page.getByRole('region', { name: 'What AWS says' });
  const ask = async (id: string) => {
    await answer.getByLabel('Certificate id').fill(id);
    await answer.getByRole('button', { name: 'Ask AWS' }).click();
  };
  await ask(certificateId);
  // It is attached to no thing, so the policy's variable has no value; the editor's own device is.
  await expect(answer).toContainText('Not allowed');
  await expect(answer).toContainText('AWS decides differently');
  await ask('0'.repeat(64));
  await expect(answer).toContainText('AWS did not answer.');
});

for (const { theme, width } of [
  { theme: 'light', width: 1440 },
  { theme: 'dark', width: NARROW },
] as const) {
  test(`thirty statements have no violation: ${theme}, ${width} px`, async ({ adminPage: page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto(EDITOR);
    await fillJson(page, MANY);
    await expect(page.getByRole('listitem', { name: 'Statement 30' })).toBeVisible();
    await page.getByRole('button', { name: 'Edit statement 1', exact: true }).click();
    const pattern = page.getByRole('combobox', { name: 'Name' });
    await pattern.pressSequentially('$');
    await expect(page.getByRole('listbox', { name: 'Variables' })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('listbox', { name: 'Variables' })).toBeHidden();
  });
}

test.describe('the dry run', () => {
  let folder: string;

  test.beforeAll(async ({ jitp }, testInfo) => {
    folder = path.join(testInfo.project.outputDir, 'dry-run');
    mkdirSync(folder, { recursive: true });
    const body = String(JSON.parse(readFileSync(SCOPED, 'utf8')).templateBody)
      .replaceAll('<ACCOUNT_ID>', '123456789012')
      .replaceAll('us-east-2', 'us-east-1');
    const open = JSON.parse(body);
    open.Resources.policy.Properties.PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }],
    });
    const role = 'arn:aws:iam::123456789012:role/JITPRole';
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
    await aws(jitp, [
      ...['iam', 'create-role', '--role-name', 'JITPRole'],
      ...['--assume-role-policy-document', trust],
    ]);
    await aws(jitp, [
      ...['iot', 'create-provisioning-template', '--template-name', 'pumps', '--type', 'JITP'],
      ...['--provisioning-role-arn', role, '--template-body', body],
    ]);
    await aws(jitp, [
      ...['iot', 'create-provisioning-template-version', '--template-name', 'pumps'],
      ...['--template-body', JSON.stringify(open)],
    ]);
    await aws(jitp, ['iot', 'create-thing', '--thing-name', 'pump-2']);
    const openssl = (line: string) =>
      execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' });
    openssl(
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout pump.key -out pump.pem -subj /C=IN/CN=pump-1',
    );
    openssl('x509 -in pump.pem -outform DER -out pump.der');
    openssl('req -new -key pump.key -out pump.csr -subj /C=IN/CN=pump-9');
  });

  test('says what would be made, what is reused, and how AWS words a failure', async ({
    adminPage: page,
  }) => {
    await page.goto('/e/sandbox/dry-run?template=pumps');
    await expect(page.getByText('Choose a certificate first.')).toBeVisible();
    await page.getByLabel('Common name (CN)').fill('pump.line 4');
    await page.getByLabel('Country (C)').fill('IN');
    await expect(page.getByText('pump.line 4 cannot be the name of a thing.')).toBeVisible();
    await expect(page.getByText(/Member must satisfy regular expression pattern/)).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);

    await page.getByLabel('Common name (CN)').fill('pump-2');
    await expect(page.getByText('There is a thing pump-2 already; it is reused.')).toBeVisible();
    await expect(page.getByText('It would connect only as client id pump-2.')).toBeVisible();
  });

  test('takes a certificate as PEM and DER and a request, and refuses a key', async ({ adminPage: page }) => {
    await page.goto('/e/sandbox/dry-run?template=pumps');
    await page.getByRole('radio', { name: /^Certificate or request/ }).check({ force: true });
    const drop = (file: string) =>
      dropFiles(page, 'Drop a certificate or a signing request', [path.join(folder, file)]);
    for (const [file, name] of [
      ['pump.pem', 'pump-1'],
      ['pump.csr', 'pump-9'],
      ['pump.der', 'pump-1'],
    ] as const) {
      await drop(file);
      await expect(page.getByText(`It would connect only as client id ${name}.`)).toBeVisible();
    }
    await drop('pump.key');
    await expect(page.getByText('This file holds a private key.')).toBeVisible();
    await expect(page.getByText('Choose a certificate first.')).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('compares two versions for the same certificate', async ({ adminPage: page }) => {
    await page.setViewportSize({ width: NARROW, height: 900 });
    await page.goto('/e/sandbox/dry-run?template=pumps');
    await page.getByLabel('Common name (CN)').fill('pump-3');
    await page.getByLabel('Country (C)').fill('IN');
    await page.getByRole('button', { name: /Compare with/ }).click();
    await page.getByRole('option', { name: 'Version 2' }).click();
    const compared = page.getByRole('table', { name: 'Compared' });
    await expect(compared.getByRole('row', { name: /^May connect as/ })).toContainText('differs');
    await expect(page.getByText('2 things differ for this certificate.')).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW);
  });
});

/** A page that does not react yet puts its own first text back. */
async function fillJson(page: Page, text: string): Promise<void> {
  const json = page.getByLabel('Policy as JSON');
  await expect(async () => {
    await json.fill(text);
    await expect(json).toHaveValue(text, { timeout: 1000 });
  }).toPass();
}
