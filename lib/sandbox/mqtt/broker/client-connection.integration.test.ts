import { afterEach, expect, it, vi } from 'vitest';
import { MqttBench } from '@/lib/sandbox/mqtt/testing/mqtt-bench';
import { JsClient } from '@/lib/sandbox/mqtt/testing/mqtt-js';
import { Broker } from './broker';

afterEach(() => {
  vi.restoreAllMocks();
});

it('a mistake of the sandbox while it works on a packet is told, and ends the connection it concerns only', async () => {
  await using bench = await MqttBench.open();
  const device = await bench.makeObserver();
  await using unlucky = await JsClient.open(bench, { device, clientId: 'unlucky' });
  await using other = await JsClient.open(bench, { device, clientId: 'other' });
  const publish = Broker.prototype.publish;
  vi.spyOn(Broker.prototype, 'publish').mockImplementation(function (this: Broker, message) {
    if (message.topic === 'unlucky') throw new RangeError('a mistake');
    return publish.call(this, message);
  });
  unlucky.mqtt.publish('unlucky', 'x');
  expect((await unlucky.next('disconnect')).reasonCode).toBe(0x80);
  await unlucky.closed;
  expect((await bench.explained('internal-fault')).message).toContain('a mistake');
  await other.mqtt.publishAsync('lucky', 'x', { qos: 1 });
  expect(bench.mqtt.bus.clients().map(({ clientId }) => clientId)).toEqual(['other']);
});
