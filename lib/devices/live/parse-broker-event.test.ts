import { expect, it } from 'vitest';
import { parseBrokerEvent } from './parse-broker-event';

const ID = 'a'.repeat(64);
const CA = 'b'.repeat(64);
const at = '2023-11-14T22:13:20.000Z';
const timestamp = 1_700_000_000_000;

// Payloads as AWS's guide prints them: "Register a client certificate when the client connects", "Lifecycle events", "Registry events".
it.each([
  {
    why: 'a first contact',
    topic: `$aws/events/certificates/registered/${CA}`,
    payload: {
      certificateId: ID,
      caCertificateId: CA,
      timestamp,
      certificateStatus: 'PENDING_ACTIVATION',
      awsAccountId: '123456789012',
      certificateRegistrationTimestamp: null,
    },
    event: { kind: 'registered', certificateId: ID, caId: CA, at },
  },
  {
    why: 'a device that is in',
    topic: '$aws/events/presence/connected/DemoThing',
    payload: {
      clientId: 'DemoThing',
      thingName: 'DemoThing',
      timestamp,
      eventType: 'connected',
      sessionIdentifier: '00000000-0000-0000-0000-000000000000',
      principalIdentifier: ID,
      ipAddress: '192.0.2.0',
      versionNumber: 0,
    },
    event: { kind: 'connected', clientId: 'DemoThing', certificateId: ID, thingName: 'DemoThing', at },
  },
  {
    why: 'one that was refused',
    topic: '$aws/events/presence/connect_failed/DemoThing',
    payload: {
      clientId: 'DemoThing',
      timestamp,
      eventType: 'connect_failed',
      connectFailureReason: 'AUTHORIZATION_FAILED',
      principalIdentifier: ID,
      sessionIdentifier: '00000000-0000-0000-0000-000000000000',
      ipAddress: '192.0.2.0',
    },
    event: { kind: 'connect-failed', clientId: 'DemoThing', certificateId: ID, thingName: undefined, at },
  },
  {
    why: 'one that signed with AWS credentials has no certificate',
    topic: '$aws/events/presence/disconnected/operator',
    payload: { clientId: 'operator', timestamp, eventType: 'disconnected', principalIdentifier: 'AROA:me' },
    event: { kind: 'disconnected', clientId: 'operator', certificateId: undefined, thingName: undefined, at },
  },
  {
    why: 'a thing was made',
    topic: '$aws/events/thing/DemoThing/created',
    payload: { eventType: 'THING_EVENT', operation: 'CREATED', thingName: 'DemoThing', timestamp },
    event: { kind: 'thing', thingName: 'DemoThing', change: 'created', at },
  },
])('$why', ({ topic, payload, event }) => {
  expect(parseBrokerEvent(topic, new TextEncoder().encode(JSON.stringify(payload)))).toEqual(event);
});

const good = { clientId: 'x', timestamp, eventType: 'connected' };
it.each([
  ['another topic', 'DemoThing/test', JSON.stringify(good)],
  ['no JSON', '$aws/events/presence/connected/x', 'Hello'],
  [
    'a field of another kind',
    '$aws/events/presence/connected/x',
    JSON.stringify({ ...good, timestamp: 'now' }),
  ],
  [
    'more than AWS ever sends',
    '$aws/events/presence/connected/x',
    JSON.stringify({ ...good, x: 'x'.repeat(9_000) }),
  ],
])('%s is no event', (_, topic, text) => {
  expect(parseBrokerEvent(topic, new TextEncoder().encode(text))).toBeUndefined();
});
