/**
 * The picture of what hangs on what, walked with the keyboard alone, and the same as a list.
 */
import path from 'node:path';
import {
  AttachThingPrincipalCommand,
  CreateThingCommand,
  DescribeCertificateCommand,
  IoTClient,
} from '@aws-sdk/client-iot';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/console-test';
import { makeRehearsalDevice, publishOnce, registerRehearsalCa } from './fixtures/rehearsal';
import { aws } from './fixtures/sandbox-clients';
import { axeViolations } from './walk/axe';

test.use({ story: 'relations' });
test.describe.configure({ mode: 'serial' });

const THING = 'linked-1';
const GROUP = 'line-4';

let caId: string;
let certificateId: string;
let policyName: string;

test.beforeAll(async ({ jitp }, testInfo) => {
  const folder = path.join(testInfo.project.outputDir, 'relations');
  caId = await registerRehearsalCa(jitp, folder, 'Linked');
  certificateId = await makeRehearsalDevice(folder, THING);
  await publishOnce(jitp, folder, THING);
  await expect(async () => {
    const { things } = await aws(jitp, ['iot', 'list-things']);
    expect(things).toHaveLength(1);
  }).toPass({ timeout: 20_000 });
  const { policies } = await aws(jitp, ['iot', 'list-policies']);
  policyName = policies[0].policyName;
  await aws(jitp, ['iot', 'create-thing-group', '--thing-group-name', GROUP]);
  await aws(jitp, ['iot', 'add-thing-to-thing-group', '--thing-group-name', GROUP, '--thing-name', THING]);
});

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

test('arrow keys walk from the thing to the role and on to group and policy; Enter opens', async ({
  adminPage: page,
}) => {
  await page.goto(`/e/sandbox/things/${THING}`);
  await page.getByRole('link', { name: 'Relations' }).click();
  const picture = page.getByRole('group', { name: 'Picture' });
  await expect(picture.getByRole('link')).toHaveCount(4);
  expect(await axeViolations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Refresh' }).focus();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe(`Thing, ${THING}`);
  const walk = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    return focused(page);
  };
  expect(await walk('ArrowRight')).toBe(`Thing group, ${GROUP}`);
  expect(await walk('ArrowLeft', 'ArrowLeft')).toBe(`Certificate, ${certificateId}, Active`);
  expect(await walk('ArrowLeft')).toBe(`CA, ${caId}, Active`);
  expect(await walk('ArrowLeft')).toBe('Template, On the CA itself');
  expect(await walk('ArrowLeft')).toContain('Provisioning role, arn:aws:iam::');
  // At the end nothing moves.
  expect(await walk('ArrowLeft')).toContain('Provisioning role');
  await walk('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  const atEnd = await focused(page);
  const policy = atEnd.startsWith('Policy') ? atEnd : await walk('ArrowDown');
  expect(policy.startsWith('Policy') ? policy : await walk('ArrowUp')).toBe(`Policy, ${policyName}`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/policies/${policyName}`));
});

test('the picture is one stop for the Tab key, and the list behind it says the same', async ({
  adminPage: page,
}) => {
  await page.goto(`/e/sandbox/relations/certificate/${certificateId}`);
  const picture = page.getByRole('group', { name: 'Picture' });
  await expect(picture.locator('[tabindex="0"]')).toHaveCount(1);
  await expect(picture.locator('[tabindex="0"]')).toHaveAttribute('aria-current', 'true');
  const list = page.getByRole('region', { name: 'As a list' });
  for (const name of [caId, certificateId, THING, policyName]) {
    await expect(list.getByRole('link', { name, exact: true })).toHaveCount(1);
  }
  await expect(list).toContainText(GROUP);
});

for (const width of [390, 1440]) {
  test(`a policy and a CA have their pictures too, ${width} px wide, in the dark`, async ({
    adminPage: page,
  }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width, height: 900 });
    for (const subject of [`policy/${policyName}`, `ca/${caId}`]) {
      await page.goto(`/e/sandbox/relations/${subject}`);
      await expect(
        page.getByRole('group', { name: 'Picture' }).getByRole('link', { name: THING }),
      ).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await axeViolations(page)).toEqual([]);
    }
  });
}

test('more than a picture can hold is bounded, and says so', async ({ adminPage: page, jitp }) => {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const iot = new IoTClient({ endpoint: jitp.sandboxApi, region: 'us-east-1', credentials });
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }));
  for (let index = 0; index < 55; index += 1) {
    const thingName = `crowd-${index}`;
    const principal = certificateDescription?.certificateArn;
    await iot.send(new CreateThingCommand({ thingName }));
    await iot.send(new AttachThingPrincipalCommand({ thingName, principal }));
  }
  await page.goto(`/e/sandbox/relations/certificate/${certificateId}`);
  const nodes = page.getByRole('group', { name: 'Picture' }).locator('[tabindex]');
  expect(await nodes.count()).toBeLessThanOrEqual(50);
  await expect(page.getByText(/Thing: (there are more|\d+ more)\./)).toBeVisible();
  await expect(page.getByRole('link', { name: 'See them all' })).toBeVisible();
});
