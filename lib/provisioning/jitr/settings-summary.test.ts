import { expect, it } from 'vitest';
import { defaultJitrSettings, type JitrSettings } from './settings';
import { settingsSummary } from './settings-summary';

const ID = (letter: string) => letter.repeat(64);
const settings = (...certificateIds: string[]): JitrSettings => ({
  ...defaultJitrSettings(ID('c'), { kind: 'none' }),
  allowList: { kind: 'inline', certificateIds },
  revoked: { serials: ['1f'], nextUpdate: undefined },
});

it('keeps counts and a digest of the lists, and no entry of them', async () => {
  const summary = await settingsSummary(settings(ID('a'), ID('b')), crypto);
  expect(summary).toMatchObject({
    rejection: 'leave-pending',
    allowList: { kind: 'inline', count: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    revoked: { count: 1 },
  });
  expect(JSON.stringify(summary)).not.toContain(ID('a'));
});

it('tells lists apart, and not the order of one', async () => {
  const listOf = async (...ids: string[]) => (await settingsSummary(settings(...ids), crypto)).allowList;
  expect(await listOf(ID('a'), ID('b'))).toEqual(await listOf(ID('b'), ID('a')));
  expect(await listOf(ID('a'), ID('b'))).not.toEqual(await listOf(ID('a'), ID('d')));
});

it('leaves a list that is the ledger’s as it is: it has no entries of its own', async () => {
  const { allowList, revoked } = await settingsSummary(
    { ...settings(), allowList: { kind: 'ledger' }, revoked: undefined },
    crypto,
  );
  expect({ allowList, revoked }).toEqual({ allowList: { kind: 'ledger' }, revoked: undefined });
});
