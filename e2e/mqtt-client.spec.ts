/** The MQTT client of the console, beside the AWS CLI: what is published by one is heard by the other. */
import { writeFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { aws } from './fixtures/sandbox-clients';
import { axeViolations } from './walk/axe';
import { contextOf, test } from './walk/walk-test';

test('a thing’s topics are listened to, over a reload, and messages say all that they carry', async ({
  walk,
  browser,
}, testInfo) => {
  const running = { ...walk.console, sandboxApi: walk.api };
  /** By a file: the CLI's two versions read a payload on the line differently. */
  const publish = (topic: string, payload: string, more: string[] = []) => {
    const file = testInfo.outputPath('payload');
    writeFileSync(file, payload);
    return aws(running, [
      ...['iot-data', 'publish', '--topic', topic, '--payload', `fileb://${file}`, '--qos', '1', ...more],
    ]);
  };
  const context = await contextOf(browser, walk, 'security-admin');
  const page = await context.newPage();
  await page.goto('/e/sandbox/mqtt-client?thing=DemoThing');
  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await page.getByRole('menuitem', { name: /^Topics of DemoThing/ }).click();
  const messages = page.getByRole('list', { name: 'Messages' }).getByRole('listitem');
  // Until the broker has granted it, nothing is heard.
  const subscription = page.getByRole('list', { name: 'Subscriptions' }).getByRole('listitem');
  await expect(subscription).toContainText('DemoThing/#');
  await expect(subscription).not.toContainText('Asking the broker');
  await publish('DemoThing/test', 'Hello', ['--content-type', 'text/plain']);
  await expect(messages).toHaveCount(1);
  await expect(messages.first()).toContainText('DemoThing/test');
  await expect(messages.first()).toContainText('Hello');
  await messages.first().getByText('MQTT 5 properties').click();
  await expect(messages.first()).toContainText('text/plain');
  expect(await axeViolations(page)).toEqual([]);

  await page.reload();
  await expect(subscription).toContainText('DemoThing/#');
  await expect(subscription).not.toContainText('Asking the broker');
  await publish('DemoThing/again', '{"n":1}');
  await expect(messages).toHaveCount(1);
  await page.getByRole('button', { name: 'Pause' }).click();
  await publish('DemoThing/paused', 'later');
  await expect(page.getByRole('button', { name: 'Resume (1 new)' })).toBeVisible();
  await expect(messages).toHaveCount(1);
  await page.getByRole('button', { name: 'Resume (1 new)' }).click();
  await expect(messages).toHaveCount(2);
  await page.getByRole('searchbox', { name: 'Words of the topic or payload' }).fill('LATER');
  await expect(messages).toHaveCount(1);
  await context.close();
});

test('a message is published once AWS would take it, and a wrong one says why and stays', async ({
  walk,
  browser,
}) => {
  const running = { ...walk.console, sandboxApi: walk.api };
  const context = await contextOf(browser, walk, 'engineer');
  const page = await context.newPage();
  await page.goto('/e/sandbox/mqtt-client');
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'Topic', exact: true }).fill('kept/#');
  await page.getByRole('textbox', { name: 'Payload' }).fill('{"on": true');
  await page.getByRole('button', { name: 'Payload as' }).click();
  await page.getByRole('listbox').getByRole('option', { name: 'JSON' }).click();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText(/in filters only/)).toBeVisible();
  await expect(page.getByText('This is no JSON.', { exact: false })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Payload' })).toHaveValue('{"on": true');

  await page.getByRole('textbox', { name: 'Topic', exact: true }).fill('kept/lamp');
  await page.getByRole('textbox', { name: 'Payload' }).fill('{"on": true}');
  await page.getByText('Retain', { exact: false }).first().click();
  await page.getByRole('button', { name: 'QoS' }).last().click();
  await page.getByRole('listbox').getByRole('option', { name: '1: at least once' }).click();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText(/The broker has acknowledged the message to kept\/lamp/)).toBeVisible();
  const kept = await aws(running, ['iot-data', 'get-retained-message', '--topic', 'kept/lamp']);
  expect(Buffer.from(kept.payload, 'base64').toString()).toBe('{"on": true}');

  const support = await contextOf(browser, walk, 'support');
  const reading = await support.newPage();
  await reading.goto('/e/sandbox/mqtt-client');
  await expect(reading.getByRole('button', { name: 'Subscribe', exact: true })).toBeVisible();
  await expect(reading.getByRole('button', { name: 'Publish', exact: true })).toHaveCount(0);
  await support.close();
  await context.close();
});
