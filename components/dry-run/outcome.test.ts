import { describe, expect, it } from 'vitest';
import predefined from '@/lib/provisioning/fixtures/jitp-predefined-policy.json';
import scoped from '@/lib/provisioning/fixtures/jitp-scoped.json';
import { compareOutcomes, outcomeOf, readTemplateText } from './outcome';
import { EMPTY_REGISTRY } from './registry-answer';
import { ofLedger, ofTyped } from './tested-certificate';

const PLACE = { accountId: '123456789012', region: 'us-east-2' };
const filled = (text: string) => text.replaceAll('<ACCOUNT_ID>', PLACE.accountId);
const SCOPED = filled(scoped.templateBody);
const DEVICE = ofTyped({ subject: { commonName: 'pump-1', country: 'IN' }, serial: '' });

function outcome(text: string, registry = EMPTY_REGISTRY, device = DEVICE) {
  const template = readTemplateText(text);
  if (template === undefined || device === undefined) expect.fail('not readable');
  return outcomeOf(template, device, registry, PLACE);
}

const withPolicy = (document: object) => {
  const template = JSON.parse(SCOPED);
  template.Resources.policy.Properties.PolicyDocument = JSON.stringify(document);
  return JSON.stringify(template);
};
const EVERYTHING = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'iot:*', Resource: '*' },
};

describe('the outcome of a dry run', () => {
  it.each<[string, object, string]>([
    [SCOPED, { kind: 'known', clientIds: ['pump-1'], patterns: [] }, 'pinned to the thing'],
    [withPolicy(EVERYTHING), { kind: 'known', clientIds: ['pump-1'], patterns: ['*'] }, 'anybody'],
    [
      filled(predefined.templateBody),
      { kind: 'unknown', policyNames: [expect.any(String)] },
      'a named policy that was not read',
    ],
  ])('says who the device may connect as: case %#', (text, clients) => {
    expect(outcome(text).clients).toEqual(clients);
  });

  it('has no clients where provisioning fails, and the reason', () => {
    const failed = outcome(SCOPED, EMPTY_REGISTRY, ofTyped({ subject: { commonName: 'a b' }, serial: '' }));
    expect(failed.clients).toBeUndefined();
    expect(failed.evaluation.kind).toBe('failure');
  });

  it('reuses a thing that is there', () => {
    const known = { ...EMPTY_REGISTRY, things: { 'pump-1': { attributes: {} } } };
    expect(outcome(SCOPED, known).evaluation).toMatchObject({ plan: { thing: { deed: 'reuse' } } });
  });
});

describe('two versions for one certificate', () => {
  it('differ in nothing where they are the same', () => {
    const rows = compareOutcomes(outcome(SCOPED), outcome(SCOPED));
    expect(rows.every(({ isSame }) => isSame)).toBe(true);
    expect(rows.map(({ row }) => row)).toEqual(expect.arrayContaining(['thing', 'policies', 'clients']));
  });

  it('differ in the policy and in who may connect', () => {
    const differing = compareOutcomes(outcome(SCOPED), outcome(withPolicy(EVERYTHING)))
      .filter(({ isSame }) => !isSame)
      .map(({ row }) => row);
    expect(differing).toEqual(['policies', 'clients']);
  });
});

describe('a tested certificate', () => {
  it('is the same from the ledger as from its values', () => {
    const device = {
      certificateId: 'ab'.repeat(32),
      commonName: 'pump-1',
      serial: '42',
      subject: { commonName: 'pump-1', country: 'IN' },
    };
    expect(ofLedger(device)).toMatchObject({
      facts: { certificateId: device.certificateId, serialNumberDecimal: '42', subject: device.subject },
      variables: { serialNumberDecimal: '42', subject: { CommonName: ['pump-1'], Country: ['IN'] } },
    });
  });

  it('is none while nothing was typed', () => {
    expect(ofTyped({ subject: { commonName: '' }, serial: '' })).toBeUndefined();
  });
});
