/**
 * Whatever is typed or dropped by mistake gets a sentence that helps, and nothing that was typed before is lost.
 */
import type { Page } from '@playwright/test';
import { type BadFiles, FILE_PASSPHRASE, makeBadFiles } from './fixtures/bad-files';
import { createCa, expectStep, next, openWizard, register, saveKey } from './fixtures/ca-wizard';
import { expect, test } from './fixtures/console-test';
import { issue, unlockCa } from './fixtures/device-form';
import { dropFiles } from './fixtures/file-drop';
import { aws } from './fixtures/sandbox-clients';

test.use({ story: 'bad input' });

let files: BadFiles;
test.beforeAll(() => {
  files = makeBadFiles();
});
test.afterAll(() => files[Symbol.dispose]());

const said = (page: Page, sentence: string | RegExp): Promise<void> =>
  expect(page.getByText(sentence).first()).toBeVisible({ timeout: 20_000 });

test('where the CA certificate belongs, every other file is named, and the good one is taken afterwards', async ({
  adminPage: page,
}) => {
  await openWizard(page);
  await page.getByText('Bring your own', { exact: true }).click();
  await next(page);
  await said(page, 'Drop the CA certificate first.');
  for (const [name, sentence] of [
    ['truncated.pem', /The block CERTIFICATE that begins in line 1 has no end\. Copy it again/],
    ['garbled.pem', /is damaged\. (Copy or export|Export) it again/],
    ['damaged.pem', 'The certificate is damaged. Export it again.'],
    ['junk.bin', 'There is no PEM block in this text.'],
    ['huge.pem', /up to .* are read\. Check that it is the right file/],
    ['empty.pem', /empty\.pem is empty/],
    ['ca.key', /This is a key without its certificate\. Drop the CA certificate too/],
    ['device.csr', /This is a certificate request\. Drop the CA certificate that was made from it/],
    ['leaf.pem', /It is not a CA certificate: its basic constraints do not say CA:TRUE/],
  ] as const) {
    await dropFiles(page, 'Drop the CA certificate here', [files.path(name)]);
    await said(page, sentence);
  }
  await dropFiles(page, 'Drop the CA certificate here', [files.path('ca.pem')]);
  await said(page, 'Your CA certificate');
});

test('a P12 is not taken for a key, and its conversion is shown', async ({ adminPage: page }) => {
  await openWizard(page);
  await page.getByText('Bring your own', { exact: true }).click();
  await dropFiles(page, 'Drop the CA certificate here', [files.path('bundle.p12')]);
  await said(page, /openssl pkcs12 -in/);
});

test('a key that cannot be used is named, with the command that converts it where there is one', async ({
  adminPage: page,
}) => {
  await openWizard(page);
  await page.getByText('Bring your own', { exact: true }).click();
  await dropFiles(page, 'Drop the CA certificate here', [files.path('ca.pem')]);
  for (const [name, sentence] of [
    ['other-ca.key', 'This key is a good one, but another certificate’s.'],
    ['ca.pem', 'There is no private key in this file.'],
    ['dek-info.key', 'openssl pkcs8 -topk8'],
    ['bundle.p12', 'openssl pkcs12 -in'],
    ['ed25519.key', 'A key of this algorithm cannot be used here (Ed25519).'],
    ['junk.bin', 'There is no PEM block in this text.'],
    ['huge.pem', /up to .* are read\. Check that it is the right file/],
  ] as const) {
    await dropFiles(page, 'Drop the CA’s key here', [files.path(name)]);
    await said(page, sentence);
  }
  await dropFiles(page, 'Drop the CA’s key here', [files.path('ca.encrypted.key')]);
  const passphrase = page.getByLabel('Passphrase of the key file', { exact: true });
  await passphrase.fill('not this one at all');
  await page.getByRole('button', { name: 'Open the key' }).click();
  await said(page, 'This passphrase does not open the file.');
  await expect(passphrase).toHaveValue('not this one at all');
  await passphrase.fill(FILE_PASSPHRASE);
  await page.getByRole('button', { name: 'Open the key' }).click();
  await said(page, 'The key fits the certificate.');
});

test('what was typed about a new CA stays, whatever is wrong with it', async ({ adminPage: page }) => {
  await openWizard(page);
  const name = page.getByLabel('Common name (CN)');
  const country = page.getByLabel('Country (C)');
  await next(page);
  await said(page, 'Give the CA a name: at least one field of the subject.');
  await name.fill('x'.repeat(65));
  await country.fill('USA');
  await next(page);
  await said(page, 'This has 65 characters; 64 fit.');
  await said(page, 'Use the two letters of a country code, e.g. DE.');
  await expect(name).toHaveValue('x'.repeat(65));
  await expect(country).toHaveValue('USA');
  await name.fill('Typed CA');
  await country.fill('DE');
  await next(page);
  await expectStep(page, 'Save the CA’s key');

  await page.getByLabel('New passphrase', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Encrypt and download' }).click();
  await said(page, /Use at least \d+ characters\./);
  await page.getByLabel('New passphrase', { exact: true }).fill(FILE_PASSPHRASE);
  await page.getByLabel('The passphrase again', { exact: true }).fill(`${FILE_PASSPHRASE}?`);
  await page.getByRole('button', { name: 'Encrypt and download' }).click();
  await said(page, 'The two passphrases are not the same.');
  await expect(page.getByLabel('New passphrase', { exact: true })).toHaveValue(FILE_PASSPHRASE);
  await next(page);
  await said(page, 'Save the key and show that the file can be opened before you go on.');
});

test('a saved key has to open: another CA’s key and a wrong passphrase do not prove it', async ({
  adminPage: page,
}, testInfo) => {
  await openWizard(page);
  await createCa(page, { commonName: 'Proof CA' });
  const ca = await saveKey(page, FILE_PASSPHRASE, testInfo.outputDir);
  await dropFiles(page, /^Drop proof-ca-\w+\.key\.pem here$/, [files.path('other-ca.key')]);
  await said(page, 'This key is a good one, but another certificate’s.');
  await dropFiles(page, /^Drop proof-ca-\w+\.key\.pem here$/, [ca.keyFile]);
  await page.getByLabel('Passphrase of the key file', { exact: true }).fill('not this one at all');
  await page.getByRole('button', { name: 'Open the key' }).click();
  await said(page, 'This passphrase does not open the file.');
  await next(page);
  await said(page, 'This passphrase does not open the file.');
  await expectStep(page, 'Save the CA’s key');
});

test('templates and roles that AWS would refuse are refused before, with the place of the fault', async ({
  adminPage: page,
}) => {
  await toTemplateStep(page);
  await page.getByText('Use my own', { exact: true }).click();
  const text = page.getByLabel('Template or registration config');
  // AWS takes this one, and then fails for every device: that is said, and left to the person.
  await text.fill(body('AWS::IoT::Certificate::CommonName', 'AWS::IoT::Certificate::Country'));
  await said(page, 'AWS IoT would accept this template, and then every device would fail.');
  await said(page, 'It refers to AWS::IoT::Certificate::Country, which is not among the Parameters.');
  for (const [template, sentences] of TEMPLATES) {
    await text.fill(template);
    for (const sentence of sentences) await said(page, sentence);
    await next(page);
    await expectStep(page, 'Provisioning template');
    await expect(text).toHaveValue(template);
  }
  await page.getByText('Start from one of three', { exact: true }).click();
  await next(page);
  await expectStep(page, 'Provisioning role');
  const name = page.getByLabel('Name of the role');
  await name.fill('no blanks allowed');
  await next(page);
  await said(page, /^Use 1 to 64 letters, digits and _\+=,\.@-$/);
  await expect(name).toHaveValue('no blanks allowed');
  await page.getByText('Type its ARN', { exact: true }).click();
  await page.getByLabel('ARN of the role').fill('JITPRole');
  await next(page);
  await said(page, 'This is not the ARN of a role.');
  // What was typed on the other roads is still there.
  await page.getByText('Create one', { exact: true }).click();
  await expect(name).toHaveValue('no blanks allowed');
});

test('a reload keeps the draft but not the key, and says so; a double click registers one CA', async ({
  adminPage: page,
  jitp,
}) => {
  await toTemplateStep(page);
  await page.reload();
  await expectStep(page, 'Provisioning template');
  await next(page);
  await next(page);
  await expectStep(page, 'Review');
  await said(page, 'The CA’s key is needed again');
  await said(page, /keys do not outlive that/);
  await page.getByRole('button', { name: 'Register the CA' }).click();
  await said(page, 'Drop the key file to go on.');
  await dropFiles(page, 'Drop the CA’s key file here', [files.path('ca.key')]);
  await expect(page.getByText('The CA’s key is needed again')).toHaveCount(0);
  await page.getByRole('button', { name: 'Register the CA' }).dblclick();
  await said(page, 'The CA is registered.');
  expect((await aws(jitp, ['iot', 'list-ca-certificates'])).certificates).toHaveLength(1);
});

test('a second tab keeps a draft of its own and registers nothing twice', async ({
  adminPage: page,
  jitp,
}) => {
  const other = await page.context().newPage();
  await openWizard(other);
  await other.getByLabel('Common name (CN)').fill('Of the other tab');
  await toTemplateStep(page);
  await expect(other.getByLabel('Common name (CN)')).toHaveValue('Of the other tab');
  await next(page);
  await next(page);
  await register(page);
  await said(page, 'Was there already');
  expect((await aws(jitp, ['iot', 'list-ca-certificates'])).certificates).toHaveLength(1);
  await expect(other.getByLabel('Common name (CN)')).toHaveValue('Of the other tab');
});

test('the issue form names every fault, keeps what was typed, and issues once', async ({
  adminPage: page,
}, testInfo) => {
  await page.goto('/e/sandbox/devices/issue');
  await page.getByRole('link', { name: 'BadInputCA', exact: true }).click();
  for (const [name, sentence] of [
    ['other-ca.key', 'This is the key of another certificate. Drop the key that belongs to this CA.'],
    ['ca.pem', 'There is no private key in this file. Drop the key file of the CA, not its certificate.'],
    ['dek-info.key', 'openssl pkcs8 -topk8'],
    ['bundle.p12', 'openssl pkcs12 -in'],
    ['huge.pem', /up to .* are read\. Check that it is the right file/],
  ] as const) {
    await dropFiles(page, 'Private key of this CA', [files.path(name)]);
    await said(page, sentence);
  }
  await unlockCa(page, files.path('ca.encrypted.key'), FILE_PASSPHRASE, 'not this one at all');

  const name = page.getByLabel('Common name (CN)');
  const country = page.getByLabel('Country (C)');
  const submit = page.getByRole('button', { name: 'Issue and download' });
  await submit.click();
  await said(page, /^This is needed/);
  await name.fill('no thing has this name');
  await said(page, 'Provisioning would fail: no thing has this name cannot name a thing.');
  await submit.click();
  await said(page, 'Provisioning would fail: tick this to go on all the same');
  await country.fill('FR');
  await said(page, /The CA has DE\./);
  await name.fill('x'.repeat(65));
  await submit.click();
  await said(page, /65 characters/);
  await expect(name).toHaveValue('x'.repeat(65));
  await expect(country).toHaveValue('FR');

  await page.getByText('The device has its key', { exact: true }).click();
  for (const [file, sentence] of [
    ['request-with-key.pem', 'Stop: this file holds a private key.'],
    ['ca.key', 'Stop: this file holds a private key.'],
    ['leaf.pem', 'This is a certificate. Bring the signing request'],
    ['truncated.pem', /has no end/],
    ['junk.bin', 'There is no PEM in it. PEM has lines that begin with -----BEGIN.'],
  ] as const) {
    await dropFiles(page, 'Certificate signing request of the device', [files.path(file)]);
    await said(page, sentence);
  }
  await page.getByText('Make a new key', { exact: true }).click();
  await expect(country).toHaveValue('FR');
  await name.fill('OnceThing');
  await expect(submit).toBeEnabled();
  await issue(page, testInfo.outputDir, { clicks: 2 });
  await page.goto('/e/sandbox/devices');
  await expect(page.getByRole('link', { name: 'OnceThing' })).toHaveCount(1);
});

/** With the good CA and its key, up to the template. */
async function toTemplateStep(page: Page): Promise<void> {
  await openWizard(page);
  await page.getByText('Bring your own', { exact: true }).click();
  await dropFiles(page, 'Drop the CA certificate here', [files.path('ca.pem'), files.path('ca.key')]);
  await said(page, 'The key fits the certificate.');
  await next(page);
  await expectStep(page, 'Save the CA’s key');
  await next(page);
  await expectStep(page, 'Registration mode');
  await next(page);
  await expectStep(page, 'Provisioning template');
}

const body = (parameter: string, reference = parameter): string =>
  JSON.stringify({
    Parameters: { [parameter]: { Type: 'String' }, 'AWS::IoT::Certificate::Id': { Type: 'String' } },
    Resources: {
      thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: reference } } },
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } },
      },
    },
  });

const TEMPLATES: [text: string, sentences: (string | RegExp)[]][] = [
  ['{"Parameters": {', ['The text ends too early; it may have been cut off.', /Line 1, column \d+/]],
  ['not JSON at all', [/not expected here/]],
  ['{"a": 1}', ['This JSON is neither a template (with Parameters and Resources)']],
  [
    body('AWS::IoT::Certificate::Email'),
    ['There is no parameter AWS::IoT::Certificate::Email at a first connection.'],
  ],
];
