import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MqttMessage } from '@/lib/aws/mqtt/mqtt-types';
import { MessageOutbox } from './message-outbox';

const messageOf = (bytes: number): MqttMessage => ({
  topic: 'a',
  payload: new Uint8Array(bytes),
  qos: 0,
  retain: false,
  properties: {},
  receivedAt: new Date(0),
});

it('keeps its bounds, and counts what it did not keep', () => {
  const runs = fc.array(fc.array(fc.nat(60), { maxLength: 40 }), { maxLength: 5 });
  fc.assert(
    fc.property(runs, (rounds) => {
      const outbox = new MessageOutbox({ messagesMax: 8, bytesMax: 100 });
      for (const sizes of rounds) {
        for (const size of sizes) outbox.add(messageOf(size));
        const { messages, dropped } = outbox.take();
        expect(messages.length + dropped).toBe(sizes.length);
        expect(messages.length).toBeLessThanOrEqual(8);
        const bytes = messages.reduce((sum, { payload }) => sum + payload.length, 0);
        expect(bytes).toBeLessThanOrEqual(100);
        // Nothing is dropped that would have fitted.
        if (dropped > 0) expect(messages.length === 8 || bytes + 60 > 100).toBe(true);
      }
      expect(outbox.take()).toEqual({ messages: [], dropped: 0 });
    }),
  );
});
