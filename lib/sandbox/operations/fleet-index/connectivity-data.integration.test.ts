import { afterAll, beforeAll, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { FleetBench, REGISTRY } from './testing/fleet-bench';

let bench: FleetBench;
beforeAll(async () => {
  bench = await FleetBench.open();
});
afterAll(() => bench[Symbol.asyncDispose]());

behaviour(
  'GetThingConnectivityData needs connectivity indexing; a thing that never connected is not connected, without details',
  {
    known: 'documented',
    source: 'guide, "Device connectivity status queries"; API reference, GetThingConnectivityData',
  },
  async () => {
    await bench.configure(REGISTRY);
    const thingName = 'pump-1';
    expect(await bench.boto.refusal('iot.get_thing_connectivity_data', { thingName })).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await bench.configure({ ...REGISTRY, thingConnectivityIndexingMode: 'STATUS' });
    expect(await bench.boto.ok('iot.get_thing_connectivity_data', { thingName })).toEqual({
      thingName,
      connected: false,
    });
    expect(
      await bench.boto.refusal('iot.get_thing_connectivity_data', { thingName: 'nobody' }),
    ).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
  },
);

const seen = (clientId: string, more: { connected: boolean; principal: string; at: number }) => {
  bench.sandbox.state.connectivity.set('us-east-2', clientId, {
    connected: more.connected,
    timestamp: more.at,
    principal: more.principal,
    sessionId: 'session',
    versionNumber: 1,
    disconnectReason: more.connected ? undefined : 'CONNECTION_LOST',
    sourceIp: '127.0.0.1',
    sourcePort: 40_000,
  });
};

behaviour(
  'Connectivity is indexed for the client whose id is the name of a thing, its time in epoch milliseconds, with the reason of a disconnect',
  { known: 'documented', source: 'guide, "Managing thing indexing"' },
  async () => {
    await bench.configure({ ...REGISTRY, thingConnectivityIndexingMode: 'STATUS' });
    seen('pump-1', { connected: true, principal: 'a'.repeat(64), at: 1_557_651_600_001 });
    seen('Valve-1', { connected: false, principal: 'b'.repeat(64), at: 1_557_651_600_002 });
    seen('somebody', { connected: true, principal: 'c'.repeat(64), at: 1_557_651_600_003 });
    expect(await bench.search('connectivity.connected:true')).toEqual(['pump-1']);
    expect(await bench.search('connectivity.connected:false')).toEqual(['pump-2', 'Valve-1']);
    expect(await bench.search('connectivity.disconnectReason:CONNECTION_LOST')).toEqual(['Valve-1']);
    expect(
      await bench.search(
        'connectivity.connected:true AND connectivity.timestamp : [1557651600000 TO 1557867600000]',
      ),
    ).toEqual(['pump-1']);
    const { things } = await bench.boto.ok('iot.search_index', { queryString: 'thingName:Valve-1' });
    expect(things[0].connectivity).toEqual({
      connected: false,
      timestamp: 1_557_651_600_002,
      disconnectReason: 'CONNECTION_LOST',
    });
    const data = await bench.boto.ok('iot.get_thing_connectivity_data', { thingName: 'pump-1' });
    expect(data).toEqual({
      thingName: 'pump-1',
      connected: true,
      timestamp: expect.stringContaining('2019-05-12'),
    });
  },
);

behaviour(
  'Connectivity is indexed for the thing that a principal is attached to exclusively, whatever the client id',
  { known: 'documented', source: 'guide, "Associating an AWS IoT thing to an MQTT client connection"' },
  async () => {
    await bench.configure({ ...REGISTRY, thingConnectivityIndexingMode: 'STATUS' });
    const principal = `arn:aws:iot:us-east-2:123456789012:cert/${'d'.repeat(64)}`;
    const region = bench.sandbox.state.region('us-east-2');
    seen('another-name', { connected: true, principal: 'd'.repeat(64), at: 1_557_651_600_004 });
    region.thingPrincipals.link('pump-2', principal, { type: 'NON_EXCLUSIVE_THING' });
    expect(await bench.search('connectivity.connected:true')).not.toContain('pump-2');
    region.thingPrincipals.link('pump-2', principal, { type: 'EXCLUSIVE_THING' });
    expect(await bench.search('connectivity.connected:true')).toContain('pump-2');
    region.thingPrincipals.unlink('pump-2', principal);
  },
);
