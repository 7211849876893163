/** What connected devices can do, seen with mosquitto's clients. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateCertificate } from '@/lib/sandbox/operations/certificates/certificates';
import type { MadeDevice } from './testing/device-workshop';
import { mosquittoPub, Subscriber } from './testing/mosquitto';
import { MqttBench } from './testing/mqtt-bench';

let bench: MqttBench;
let observer: MadeDevice;
beforeAll(async () => {
  bench = await MqttBench.open();
  observer = await bench.makeObserver();
});
afterAll(() => bench[Symbol.asyncDispose]());

/** A device with a policy of these statements. */
async function deviceWith(...statements: object[]): Promise<MadeDevice> {
  const ca = await bench.workshop.makeCa({ subject: '/O=Anybody', key: 'EC' });
  const device = await bench.workshop.makeDevice(ca, { subject: '/CN=device', key: 'EC' });
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  bench.allow(device, { policyDocument });
  return device;
}

const allow = (actions: string[], ...resources: string[]) => ({
  Effect: 'Allow',
  Action: actions.map((action) => `iot:${action}`),
  Resource: resources.map((resource) => `arn:aws:iot:us-east-2:123456789012:${resource}`),
});
const as = (clientId: string, ...rest: string[]) => [...bench.args(observer, { clientId }), ...rest];
const send = (topic: string, text = 'Hello') => mosquittoPub(as(`sender-${topic}`, '-t', topic, '-m', text));

describe('messages', () => {
  it('come with QoS 0 and 1, from the data plane too', async () => {
    await using listener = await Subscriber.start(as('listener', '-t', 'q/#'));
    await mosquittoPub([...as('q0', '-t', 'q/0', '-m', 'zero'), '-q', '0']);
    await mosquittoPub(as('q1', '-t', 'q/1', '-m', 'one'));
    const payload = new TextEncoder().encode('plane');
    await bench.mqtt.bus.publish({ region: 'us-east-2', topic: 'q/2', payload, qos: 1, retain: false });
    expect(await listener.received(/plane/)).toBe('q/2 plane');
    expect(listener.messages).toEqual(expect.arrayContaining(['q/0 zero', 'q/1 one']));
  });

  it('do not reach another Region', async () => {
    await using listener = await Subscriber.start(as('listener', '-t', 'r/#'));
    const payload = new TextEncoder().encode('abroad');
    await bench.mqtt.bus.publish({ region: 'eu-west-1', topic: 'r/1', payload, qos: 1, retain: false });
    await send('r/2', 'home');
    await listener.received(/home/);
    expect(listener.messages).toEqual(['r/2 home']);
  });

  it('that are retained come to exact filters only, and a/# does not match a', async () => {
    await mosquittoPub(as('keeper', '-t', 'kept', '-m', 'before', '-r'));
    await using exact = await Subscriber.start(as('exact', '-t', 'kept'));
    expect(await exact.received(/before/)).toBe('kept before');
    await using wild = await Subscriber.start(as('wild', '-t', 'kept/#', '-t', '+'));
    await send('kept', 'after');
    await send('kept/below', 'last');
    await wild.received(/last/);
    expect(wild.messages).toEqual(['kept after', 'kept/below last']);
  });

  it('are held back where iot:Receive is not allowed, and this is explained', async () => {
    const device = await deviceWith(
      allow(['Connect'], 'client/deaf'),
      allow(['Subscribe'], 'topicfilter/news/*'),
      allow(['Receive'], 'topic/news/public'),
    );
    await using deaf = await Subscriber.start([...bench.args(device, { clientId: 'deaf' }), '-t', 'news/#']);
    await send('news/secret', 'hush');
    await send('news/public', 'loud');
    expect(await deaf.received(/loud/)).toBe('news/public loud');
    expect(deaf.output).not.toContain('hush');
    const event = await bench.explained('receive-denied', device.id);
    expect(event.params?.['resource']).toBe('arn:aws:iot:us-east-2:123456789012:topic/news/secret');
  });
});

describe('a connection is closed', () => {
  it.each([
    ['topic-reserved', ['-t', '$aws/events/presence/connected/x'], 'events cannot be forged'],
    ['topic-refused', ['-t', 'a/b/c/d/e/f/g/h/i'], 'eight slashes'],
    ['topic-refused', ['-t', 'a'.repeat(257)], '257 bytes'],
    ['retain-on-reserved-topic', ['-t', '$aws/things/x/shadow/update', '-r'], 'retained request'],
  ])('%s for %o (%s)', async (code, args) => {
    const told = await mosquittoPub(as(`closed-${code}`, ...args, '-m', 'x'));
    expect(told.output).toContain('The connection was lost');
    await bench.explained(code);
  });

  it('when another one comes with its client id', async () => {
    await using first = await Subscriber.start(as('twin', '-t', 't'));
    const second = await mosquittoPub(as('twin', '-t', 'elsewhere', '-m', 'x'));
    expect(second.code).toBe(0);
    expect((await bench.explained('client-id-taken-over')).clientId).toBe('twin');
    expect(first.output).toContain('received CONNACK (0)');
  });

  it('when its certificate is deactivated', async () => {
    const device = await deviceWith(allow(['Connect', 'Subscribe'], 'client/*', 'topicfilter/*'));
    await using connected = await Subscriber.start([
      ...bench.args(device, { clientId: 'doomed' }),
      '-t',
      'x',
    ]);
    expect(connected.output).toContain('Subscribed');
    updateCertificate(bench.scope(), { certificateId: device.id, newStatus: 'INACTIVE' });
    await bench.explained('certificate-left-active', device.id);
    const again = await mosquittoPub([...bench.args(device, { clientId: 'doomed' }), '-t', 'x', '-m', 'x']);
    expect(again.output).toContain('The connection was lost');
    await bench.explained('certificate-not-active', device.id);
  });

  it('when no policy is attached, though the certificate is active', async () => {
    const device = await deviceWith(allow(['Connect'], 'client/x'));
    const { region } = bench.scope();
    const arn = region.certificateArn(device.id);
    for (const name of region.policyAttachments.leftsOf(arn).keys())
      region.policyAttachments.unlink(name, arn);
    const told = await mosquittoPub([...bench.args(device, { clientId: 'x' }), '-t', 'x', '-m', 'x']);
    expect(told.output).toContain('The connection was lost');
    expect((await bench.explained('connect-denied', device.id)).params?.['because']).toBe(
      'no policy is attached',
    );
  });

  it('when its will may not be published', async () => {
    const device = await deviceWith(allow(['Connect', 'Publish'], 'client/*', 'topic/mine'));
    const told = await mosquittoPub([
      ...bench.args(device, { clientId: 'w' }),
      ...['--will-topic', 'theirs', '--will-payload', 'x', '-t', 'mine', '-m', 'x'],
    ]);
    expect(told.output).toContain('The connection was lost');
    await bench.explained('will-denied', device.id);
  });
});

describe('what is not there', () => {
  it('MQTT 3.1 is refused in its own words', async () => {
    const told = await mosquittoPub(as('three', '-V', 'mqttv31', '-t', 'a', '-m', 'b'));
    expect(told.output).toMatch(/unacceptable protocol version/i);
    expect((await bench.explained('protocol-unsupported')).params).toEqual({ level: 3 });
  });

  it('QoS 2 gets no answer, and the connection stays', async () => {
    await using silent = await Subscriber.start(as('quiet', '-t', 'one', '-q', '1'));
    expect(silent.output).toContain('Subscribed');
    const waiting = mosquittoPub([...as('two', '-t', 'one', '-m', 'lost'), '-q', '2']);
    await bench.explained('qos-2-publish');
    await send('one', 'kept');
    await silent.received(/kept/);
    expect(silent.messages).toEqual(['one kept']);
    // The client would wait for ever; its client id is taken over by one that does not come back.
    await using _ = await Subscriber.start(as('two', '-t', 'none'));
    expect((await waiting).output).not.toContain('PUBREC');
  });
});
