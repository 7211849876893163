import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ThingGroupTables } from '@/lib/sandbox/operations/thing-groups/thing-group-tables';
import type { PolicyRecord } from '@/lib/sandbox/state/records';
import { RegionState } from '@/lib/sandbox/state/region-state';
import { Store } from '@/lib/sandbox/state/store';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import type { ConnectPacket } from './connect-packet';
import { DeviceAuthorizer } from './device-authorizer';

const ARN = 'arn:aws:iot:us-east-2:123456789012:';
const ID = 'a'.repeat(64);
const CLIENT_ID = 'pump-1';
const base = { sequence: 1, version: 1, createdAt: 0, modifiedAt: 0, generationId: 'g', lastVersion: 1 };

let x509: X509Certificate;
beforeAll(() => {
  const options = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const pem = execFileSync(
    'openssl',
    [...options, '-keyout', '/dev/null', '-subj', '/CN=pump', '-days', '2'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  x509 = new X509Certificate(pem);
});

function setUp(...statements: readonly object[]) {
  const region = new RegionState('us-east-2', {
    accountId: '123456789012',
    store: new Store(() => undefined),
  });
  const attach = (policyName: string, target: string, ...all: readonly object[]) => {
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: all.map((statement) => ({ Effect: 'Allow', ...statement })),
    });
    const policy: PolicyRecord = {
      ...base,
      policyName,
      defaultVersionId: '1',
      versions: { '1': { document, createdAt: 0 } },
    };
    region.policies.set(policyName, policy);
    region.policyAttachments.link(policyName, target, { attachedAt: 0 });
  };
  if (statements.length > 0) attach('own', region.certificateArn(ID), ...statements);
  const device = { region, certificateId: ID, x509, clientId: CLIENT_ID, sourceIp: '127.0.0.1' };
  return { region, attach, authorizer: new DeviceAuthorizer(device) };
}

const connectPacket = ({ cleanSession = true, will = undefined as ConnectPacket['will'] } = {}) => ({
  clientId: CLIENT_ID,
  cleanSession,
  will,
});
const connectWhen = (Condition: object) => ({ Action: 'iot:Connect', Resource: '*', Condition });

describe('DeviceAuthorizer', () => {
  it('refuses everything without a policy, and says so', () => {
    const { authorizer } = setUp();
    expect(authorizer.connect(connectPacket())).toMatchObject({
      ok: false,
      reason: { action: 'iot:Connect', because: 'no policy is attached' },
    });
    expect(authorizer.publish({ topic: 'a', retain: false }).ok).toBe(false);
  });

  it('asks for both permissions of a retained message', () => {
    const publish = { Action: 'iot:Publish', Resource: `${ARN}topic/*` };
    const retain = { Action: 'iot:RetainPublish', Resource: `${ARN}topic/kept` };
    const { authorizer } = setUp(publish, retain);
    expect(authorizer.publish({ topic: 'a', retain: false }).ok).toBe(true);
    expect(authorizer.publish({ topic: 'a', retain: true })).toMatchObject({
      ok: false,
      reason: { action: 'iot:RetainPublish' },
    });
    expect(authorizer.publish({ topic: 'kept', retain: true }).ok).toBe(true);
    const { authorizer: retainOnly } = setUp(retain);
    expect(retainOnly.publish({ topic: 'kept', retain: true })).toMatchObject({
      reason: { action: 'iot:Publish' },
    });
  });

  behaviour(
    'An unconditional Allow of iot:Connect lets persistent sessions in; a condition on iot:ConnectAttributes can keep them out',
    { known: 'documented', source: 'guide, "Connect policy examples"' },
    () => {
      const persistent = connectPacket({ cleanSession: false });
      const { authorizer: unconditional } = setUp({ Action: 'iot:Connect', Resource: '*' });
      expect(unconditional.connect(persistent).ok).toBe(true);
      const { authorizer } = setUp(
        { Action: 'iot:Connect', Resource: '*' },
        {
          ...connectWhen({ 'ForAnyValue:StringEquals': { 'iot:ConnectAttributes': 'PersistentConnect' } }),
          Effect: 'Deny',
        },
      );
      expect(authorizer.connect(connectPacket()).ok).toBe(true);
      expect(authorizer.connect(persistent).ok).toBe(false);
    },
  );

  behaviour(
    'A will needs iot:Publish of its topic, whose ARN iot:LastWillTopic can limit',
    {
      known: 'documented',
      source: 'guide, "Connect policy examples"; that the publish is judged on CONNECT is assumed',
    },
    () => {
      const will = { topic: 'gone', payload: new Uint8Array(), qos: 0, retain: false, properties: {} };
      const { authorizer: connectOnly } = setUp({ Action: 'iot:Connect', Resource: '*' });
      expect(connectOnly.connect(connectPacket({ will }))).toMatchObject({
        reason: { code: 'will-denied', action: 'iot:Publish' },
      });
      const { authorizer } = setUp(connectWhen({ ArnEquals: { 'iot:LastWillTopic': `${ARN}topic/gone` } }), {
        Action: 'iot:Publish',
        Resource: '*',
      });
      expect(authorizer.connect(connectPacket({ will })).ok).toBe(true);
      expect(authorizer.connect(connectPacket({ will: { ...will, topic: 'other' } })).ok).toBe(false);
    },
  );

  behaviour('A changed policy works at once', { known: 'assumed', source: 'AWS may take minutes' }, () => {
    const { region, attach, authorizer } = setUp({ Action: 'iot:Publish', Resource: '*' });
    const publish = () => authorizer.publish({ topic: 'a', retain: false }).ok;
    expect([publish(), publish()]).toEqual([true, true]);
    attach('stop', region.certificateArn(ID), { Effect: 'Deny', Action: 'iot:Publish', Resource: '*' });
    expect(publish()).toBe(false);
    region.policyAttachments.unlink('stop', region.certificateArn(ID));
    expect(publish()).toBe(true);
  });

  behaviour(
    'The broker takes the policies of the groups of the thing of the connection, and of the groups above',
    { known: 'documented', source: 'guide, "Static thing groups"' },
    () => {
      const { region, attach, authorizer } = setUp();
      const { groups, memberships } = region.family(ThingGroupTables);
      groups.set('plant', { ...base, thingGroupName: 'plant', thingGroupId: 'p', attributes: {} });
      groups.set('line', {
        ...base,
        thingGroupName: 'line',
        thingGroupId: 'l',
        attributes: {},
        parentGroupName: 'plant',
      });
      attach('plant-policy', `${ARN}thinggroup/plant`, { Action: 'iot:Publish', Resource: '*' });
      const publish = () => authorizer.publish({ topic: 'a', retain: false }).ok;
      expect(publish()).toBe(false);
      region.things.set(CLIENT_ID, { ...base, thingName: CLIENT_ID, thingId: 't', attributes: {} });
      memberships.link(CLIENT_ID, 'line', { membershipId: 'm' });
      expect(publish()).toBe(false);
      region.thingPrincipals.link(CLIENT_ID, region.certificateArn(ID), { type: 'NON_EXCLUSIVE_THING' });
      expect(publish()).toBe(true);
      memberships.unlink(CLIENT_ID, 'line');
      expect(publish()).toBe(false);
    },
  );

  behaviour(
    'The variable aws:SourceIp is the address that the device comes from',
    { known: 'documented', source: 'guide, "Basic AWS IoT Core policy variables"' },
    () => {
      const from = (range: string) => ({
        Action: 'iot:Publish',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': range } },
      });
      const publish = ({ authorizer }: ReturnType<typeof setUp>) =>
        authorizer.publish({ topic: 'a', retain: false }).ok;
      expect([publish(setUp(from('127.0.0.0/8'))), publish(setUp(from('10.0.0.0/8')))]).toEqual([
        true,
        false,
      ]);
    },
  );
});
