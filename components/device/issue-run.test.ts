import { describe, expect, test } from 'vitest';
import { createPkiService } from '@/lib/browser/pki-service';
import type { Failure } from '@/lib/failure';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { fail, ok } from '@/lib/result';
import {
  confirmBundle,
  deliverBundle,
  type IssuePorts,
  type MadeDevice,
  prepareDevice,
  reserveDevice,
} from './issue-run';

const NOW = new Date('2026-03-01T00:00:00Z');
const WORDS = {
  title: '',
  firstConnect: '',
  expectedDrop: '',
  subscribe: '',
  publish: '',
  ownKey: '',
  hierarchy: '',
};
const PLACE = { environment: 'sandbox', caId: 'c'.repeat(64), words: WORDS, replaces: undefined };
const DELIVERY = { host: 'localhost', port: 8883, serverRootPem: 'ROOT' };
const BUSY: Failure = { kind: 'busy', retryAfterMs: 100 };

/** The real engine without its worker, and a log of what was asked in which order. */
async function world(answers: Partial<Pick<IssuePorts, 'reserve' | 'confirmDelivery'>> = {}) {
  const service = createPkiService(crypto, () => NOW);
  const log: string[] = [];
  const ports: IssuePorts = {
    pki: {
      async call(operation, input) {
        log.push(operation);
        return service[operation](input);
      },
    },
    async reserve(input) {
      log.push('reserve');
      return (await answers.reserve?.(input)) ?? ok(DELIVERY);
    },
    async confirmDelivery(input) {
      log.push('confirmDelivery');
      return (await answers.confirmDelivery?.(input)) ?? ok(undefined);
    },
    save: () => log.push('save'),
  };
  const ca = await service.createCa({
    subject: { commonName: 'CA' },
    algorithm: 'P-256',
    validityDays: 100,
  });
  if (!ca.ok) throw new Error('no CA');
  log.length = 0;
  return { ports, log, caHandle: ca.value.keyHandle };
}

async function made({ ports, caHandle }: Awaited<ReturnType<typeof world>>): Promise<MadeDevice> {
  const device = await prepareDevice(
    {
      caHandle,
      validityDays: 10,
      source: { kind: 'new-key', subject: { commonName: 'DemoThing' }, algorithm: 'P-256' },
    },
    (facts) => `thing-${facts.subject.fields.commonName}`,
    ports,
  );
  if (!device.ok) throw new Error('not made');
  return device.value;
}

describe('issuing one device', () => {
  test('the row is durable before the bundle exists, and confirmed after it was saved', async () => {
    const here = await world();
    const reserved = await reserveDevice(await made(here), PLACE, here.ports);
    if (!reserved.ok) throw new Error('not reserved');
    const delivered = await deliverBundle(reserved.value, PLACE, here.ports);
    expect(delivered).toEqual(ok({ isConfirmed: true }));
    expect(here.log).toEqual(['prepareDevice', 'reserve', 'finishBundle', 'save', 'confirmDelivery']);
  });

  test('the server gets the certificate and nothing else of the device', async () => {
    const sent: unknown[] = [];
    const here = await world({
      reserve: async (input) => {
        sent.push(input);
        return ok(DELIVERY);
      },
    });
    const device = await made(here);
    await reserveDevice(device, PLACE, here.ports);
    expect(sent).toEqual([
      {
        environment: 'sandbox',
        caId: PLACE.caId,
        certificatePem: device.certificatePem,
        keyOrigin: 'console',
      },
    ]);
    expect(JSON.stringify(sent)).not.toContain('PRIVATE');
    expect((await inspectCertificate(device.certificatePem, crypto)).ok).toBe(true);
  });

  test.each([
    { reason: 'the server refuses', answer: async () => fail(BUSY), failure: BUSY },
    {
      reason: 'the network is gone',
      answer: () => Promise.reject(new TypeError('fetch failed')),
      failure: { kind: 'no-answer' },
    },
  ])('no bundle is made while $reason, and a retry goes on with the same certificate', async (row) => {
    const answers = [row.answer];
    const here = await world({ reserve: () => answers.pop()?.() ?? Promise.resolve(ok(DELIVERY)) });
    const device = await made(here);
    expect(await reserveDevice(device, PLACE, here.ports)).toEqual(
      fail({ at: 'reserve', failure: row.failure }),
    );
    expect(here.log).not.toContain('finishBundle');
    const again = await reserveDevice(device, PLACE, here.ports);
    expect(again.ok && again.value.certificateId).toBe(device.certificateId);
    expect(here.log.filter((call) => call === 'prepareDevice')).toHaveLength(1);
  });

  test('a saved bundle that could not be confirmed is said to be just that', async () => {
    const here = await world({ confirmDelivery: () => Promise.reject(new TypeError('fetch failed')) });
    const device = { ...(await made(here)), delivery: DELIVERY };
    expect(await deliverBundle(device, PLACE, here.ports)).toEqual(ok({ isConfirmed: false }));
    expect(here.log).toContain('save');
  });

  test('the bundle can be downloaded again while the tab has it, and not after', async () => {
    const here = await world();
    const device = { ...(await made(here)), delivery: DELIVERY };
    expect((await deliverBundle(device, PLACE, here.ports)).ok).toBe(true);
    expect((await deliverBundle(device, PLACE, here.ports)).ok).toBe(true);
    await here.ports.pki.call('discard', { handle: device.draftHandle });
    expect(await deliverBundle(device, PLACE, here.ports)).toEqual(
      fail({ at: 'finish', fault: { kind: 'handle-unknown' } }),
    );
    expect(here.log.filter((call) => call === 'save')).toHaveLength(2);
  });

  test.each([
    { operation: 'prepareDevice', at: 'prepare' },
    { operation: 'finishBundle', at: 'finish' },
  ])('a worker that stops at $operation is a fault with a sentence, and nothing is saved', async (row) => {
    const here = await world();
    const device = { ...(await made(here)), delivery: DELIVERY };
    const ports = { ...here.ports, pki: { call: () => Promise.reject(new Error('cannot load')) } };
    const request = { caHandle: here.caHandle, validityDays: 10, source: { kind: 'csr', csr: '' } } as const;
    const answer =
      row.at === 'prepare'
        ? await prepareDevice(request, () => '', ports)
        : await deliverBundle(device, PLACE, ports);
    expect(answer).toEqual(fail({ at: row.at, fault: { kind: 'worker-stopped' } }));
    expect(here.log).not.toContain('save');
  });

  test('a saved bundle is confirmed later without being made or saved again', async () => {
    const answers = [() => Promise.resolve(fail(BUSY)), () => Promise.reject(new TypeError('fetch failed'))];
    const here = await world({ confirmDelivery: () => answers.pop()?.() ?? Promise.resolve(ok(undefined)) });
    const device = { ...(await made(here)), delivery: DELIVERY };
    expect(await deliverBundle(device, PLACE, here.ports)).toEqual(ok({ isConfirmed: false }));
    expect(await confirmBundle(device.certificateId, PLACE, here.ports)).toBe(false);
    expect(await confirmBundle(device.certificateId, PLACE, here.ports)).toBe(true);
    expect(here.log.filter((call) => call === 'save')).toHaveLength(1);
  });
});
