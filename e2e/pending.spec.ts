/**
 * Just-in-time registration by hand: a device of a CA without a template knocks, is approved from the queue and gets in; another one
 * is rejected and stays out.
 */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/console-test';
import { makeRehearsalCa, makeRehearsalDevice, publishOnce } from './fixtures/rehearsal';
import { aws } from './fixtures/sandbox-clients';
import { axeViolations } from './walk/axe';

test('a device that knocks is approved from the queue and gets in, and a rejected one is kept out', async ({
  adminPage: page,
  jitp,
}, testInfo) => {
  test.setTimeout(120_000);
  const folder = path.join(testInfo.project.outputDir, 'pending');
  await makeRehearsalCa(jitp, folder, 'By hand');
  const { certificateId: caId } = await aws(
    jitp,
    [
      ...['iot', 'register-ca-certificate', '--ca-certificate', 'file://ca.pem'],
      ...['--certificate-mode', 'SNI_ONLY', '--set-as-active', '--allow-auto-registration'],
    ],
    folder,
  );
  const queue = `/e/sandbox/pending?ca=${caId}`;
  const table = page.getByRole('table', { name: 'Pending queue' });

  const welcome = await makeRehearsalDevice(folder, 'by-hand-1');
  expect((await publishOnce(jitp, folder, 'by-hand-1')).output).toContain('The connection was lost');
  await page.goto(queue);
  const row = table.getByRole('row').filter({ hasText: 'by-hand-1' });
  await expect(row).toContainText('Not issued here');
  await expect(row).toContainText('A rule or a person lets it in.');
  await expect(row).toContainText('1 attempt (says the sandbox)');
  expect(await axeViolations(page)).toEqual([]);

  await row.getByRole('button', { name: /^Approve/ }).click();
  const approval = page.getByRole('alertdialog', { name: 'Approve the certificate by-hand-1?' });
  await approval.getByRole('textbox', { name: 'Policy name' }).fill('ByHandScoped');
  const steps = approval.getByRole('list', { name: 'What is done' });
  await expect(steps).toContainText('Create the policy ByHandScoped');
  await expect(steps).toContainText('Create the thing by-hand-1');
  await approval.getByText('View as CLI').click();
  await expect(approval).toContainText('aws iot attach-thing-principal');
  expect(await axeViolations(page)).toEqual([]);
  await approval.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByText('its device gets in at the next attempt')).toBeVisible();
  expect((await publishOnce(jitp, folder, 'by-hand-1')).code).toBe(0);
  expect(await statusOf(welcome)).toBe('ACTIVE');

  const stranger = await makeRehearsalDevice(folder, 'by-hand-2');
  await publishOnce(jitp, folder, 'by-hand-2');
  await page.goto(queue);
  await page.getByRole('checkbox', { name: /by-hand-2/ }).click();
  await page.getByRole('main').getByRole('button', { name: 'Reject', exact: true }).click();
  const rejection = page.getByRole('alertdialog', { name: 'Reject the certificate by-hand-2 for good?' });
  await expect(rejection).toContainText('no rule or function can activate it');
  await rejection.getByRole('textbox').fill('by-hand-2');
  await rejection.getByRole('button', { name: 'Reject', exact: true }).click();
  await expect(page.getByText('The certificate is rejected for good.')).toBeVisible();
  expect((await publishOnce(jitp, folder, 'by-hand-2')).code).not.toBe(0);
  expect(await statusOf(stranger)).toBe('REVOKED');
  await page.goto(queue);
  await expect(page.getByText('Nobody waits')).toBeVisible();

  await rehearsalIsOver(page, stranger);

  async function statusOf(certificateId: string): Promise<string> {
    const described = await aws(jitp, ['iot', 'describe-certificate', '--certificate-id', certificateId]);
    return described.certificateDescription.status;
  }
});

/** The page that watches a device says where a rejected one hangs, and in the sandbox's words why. */
async function rehearsalIsOver(page: Page, certificateId: string): Promise<void> {
  await page.goto(`/e/sandbox/devices/${certificateId}/rehearse`);
  const steps = page.getByRole('list', { name: 'What is seen' });
  await expect(steps.getByRole('listitem').filter({ hasText: 'Provisioning' })).toContainText('Failed');
  expect(await axeViolations(page)).toEqual([]);
}
