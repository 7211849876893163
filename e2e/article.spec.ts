/**
 * Who has followed AWS's article brings what OpenSSL made: the CA with its key, the published configs, devices and signing requests.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeArticleCa, makeArticleDevice, publishedConfig, publishLine } from './fixtures/article';
import { expectStep, next, openWizard, register } from './fixtures/ca-wizard';
import { expect, test } from './fixtures/console-test';
import { issue, unlockCa } from './fixtures/device-form';
import { dropFiles } from './fixtures/file-drop';
import { aws, OPEN_POLICY, runLine } from './fixtures/sandbox-clients';

test.use({ story: 'the article' });
test.describe.configure({ mode: 'serial' });

const CONFIGS = [
  { config: 'jitp-scoped.json', thing: 'DemoThing', namesRegion: true, role: 'Create one' },
  { config: 'jitp-admin.json', thing: 'LabThing', namesRegion: false, role: 'Type its ARN' },
  { config: 'jitp-predefined-policy.json', thing: 'NamedThing', namesRegion: false, role: 'Type its ARN' },
] as const;

const folderOf = (outputDir: string, name: string): string => path.join(outputDir, 'article', name);

for (const { config, thing, namesRegion, role } of CONFIGS) {
  test(`a CA of OpenSSL is registered with ${config}, and a device of OpenSSL is provisioned`, async ({
    adminPage: page,
    jitp,
  }, testInfo) => {
    test.setTimeout(180_000);
    const folder = folderOf(testInfo.project.outputDir, config);
    mkdirSync(folder, { recursive: true });
    await makeArticleCa(folder);
    if (config === 'jitp-predefined-policy.json') {
      await aws(jitp, [
        'iot',
        'create-policy',
        '--policy-name',
        'Policy_Name',
        '--policy-document',
        OPEN_POLICY,
      ]);
    }

    await openWizard(page);
    await page.getByText('Bring your own', { exact: true }).click();
    await dropFiles(page, 'Drop the CA certificate here', [
      path.join(folder, 'deviceRootCA.pem'),
      path.join(folder, 'deviceRootCA.key'),
    ]);
    await expect(page.getByText('The key fits the certificate.')).toBeVisible();
    await expect(page.getByText('C=IN, O=AMZ').or(page.getByText('O=AMZ, C=IN'))).toBeVisible();
    await next(page);
    await expectStep(page, 'Save the CA’s key');
    await expect(page.getByText(/You have this key in a file that is not encrypted/)).toBeVisible();
    await next(page);
    await expectStep(page, 'Registration mode');
    await expect(page.getByRole('radio', { name: /DEFAULT, with proof/ })).toBeChecked();
    await next(page);
    await expectStep(page, 'Provisioning template');
    await page.getByText('Use my own', { exact: true }).click();
    await page.getByLabel('Template or registration config').fill(publishedConfig(config));
    await page.getByRole('button', { name: 'Fill in 123456789012' }).click();
    const region = page.getByRole('button', { name: 'Change them to us-east-1' });
    if (namesRegion) await region.click();
    await expect(region).toHaveCount(0);
    await next(page);
    await expectStep(page, 'Provisioning role');
    await page.getByText(role, { exact: true }).click();
    if (role === 'Type its ARN') {
      await expect(page.getByLabel('ARN of the role')).toHaveValue('arn:aws:iam::123456789012:role/JITPRole');
      await expect(page.getByText('AWS IoT may assume it.').first()).toBeVisible();
    }
    await next(page);
    await register(page);

    await makeArticleDevice(folder, thing);
    const trusted = await fetch(`${jitp.sandboxApi}/_sandbox/ca.pem`);
    writeFileSync(path.join(folder, 'awsRootCA.pem'), await trusted.text());
    const port = jitp.sandboxMqttPort;
    const first = publishLine({
      certificate: 'deviceCertAndCACert.crt',
      topic: 'foo/bar',
      clientId: 'anyclientID',
      port,
    });
    expect((await runLine(first, folder)).output).toMatch(/sending CONNECT[\s\S]*The connection was lost/);
    const again = publishLine({
      certificate: 'deviceCert.crt',
      topic: `${thing}/test`,
      clientId: thing,
      port,
    });
    await expect.poll(async () => (await runLine(again, folder)).output).toMatch(/received PUBACK/);

    await page.goto(`/e/sandbox/things/${thing}`);
    await expect(page.getByRole('row').filter({ hasText: 'Active' })).toHaveCount(1);
    await expect(page.getByRole('row', { name: 'version v1' })).toBeVisible();
    await expect(page.getByRole('row', { name: 'country IN' })).toBeVisible();
  });
}

test('the console signs a request of OpenSSL, and the device keeps its key', async ({
  adminPage: page,
}, testInfo) => {
  const folder = folderOf(testInfo.project.outputDir, 'jitp-scoped.json');
  const made = await runLine(
    'openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout own.key -out own.csr -subj "/C=IN/CN=CsrThing"',
    folder,
  );
  expect(made.code).toBe(0);
  const { output } = await runLine(
    'openssl x509 -in deviceRootCA.pem -outform DER | openssl sha256 -r',
    folder,
  );
  await page.goto(`/e/sandbox/devices/issue?ca=${output.slice(0, 64)}`);
  await unlockCa(page, path.join(folder, 'deviceRootCA.key'));
  await page.getByText('The device has its key', { exact: true }).click();
  await dropFiles(page, 'Certificate signing request of the device', [path.join(folder, 'own.csr')]);
  await expect(page.getByText('CN=CsrThing').first()).toBeVisible();
  const bundle = await issue(page, folder);
  expect(bundle.names.filter((name) => name.endsWith('.key'))).toEqual([]);

  // As the README says: the device's own key goes beside the other files.
  copyFileSync(path.join(folder, 'own.key'), path.join(bundle.folder, 'device.key'));
  await page.getByRole('link', { name: 'Watch its first contact' }).click();
  expect((await runLine(bundle.lines.firstConnect, bundle.folder)).output).toMatch(/The connection was lost/);
  await expect(page.getByText('Active: connect again now')).toBeVisible({ timeout: 45_000 });
  expect((await runLine(bundle.lines.publish, bundle.folder)).output).toMatch(/received PUBACK/);
});
