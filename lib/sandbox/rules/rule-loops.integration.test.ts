import { describe, expect, it } from 'vitest';
import { ruleSandbox } from './testing/rule-sandbox';

const { boto, heard, create, republish, publish, told } = await ruleSandbox('*');

describe('a loop of rules', () => {
  const heardOn = (topic: string) => heard.filter((text) => text.startsWith(`${topic} `));

  it('ends', async () => {
    await create('loop', { sql: "SELECT * FROM 'loop/#'", actions: [republish('loop/again')] });
    await publish('loop/start', {});
    await expect.poll(() => told('rule-loop-stopped', 'loop')).toHaveLength(1);
    expect(heardOn('loop/again')).toHaveLength(16);
  });

  it('ends when each message becomes ten', async () => {
    const actions = Array.from({ length: 10 }, () => republish('fan/again', { qos: 1 }));
    await create('fan', { sql: "SELECT * FROM 'fan/#'", actions });
    await publish('fan/start', {});
    // The first message and a thousand republished ones made ten each.
    await expect.poll(() => heardOn('fan/again').length).toBe(10 * (1 + 1000));
    expect(told('rule-loop-stopped', 'fan').length).toBeGreaterThan(0);
    await publish('fan/start', {});
    await expect.poll(() => heardOn('fan/again').length).toBe(2 * 10 * (1 + 1000));
  });

  it('ends when it goes through a service that answers later', async () => {
    await boto.ok('iot.create_thing', { thingName: 'looped' });
    await create('through_shadow', {
      sql: "SELECT state FROM '$aws/things/looped/shadow/update/accepted'",
      actions: [republish('$$aws/things/looped/shadow/update')],
    });
    await publish('$aws/things/looped/shadow/update', { state: { reported: { n: 1 } } });
    await expect.poll(() => told('rule-loop-stopped', 'through_shadow')).toHaveLength(1);
    expect(heardOn('$aws/things/looped/shadow/update/accepted')).toHaveLength(17);
  });
});
