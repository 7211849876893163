import { IoTClient } from '@aws-sdk/client-iot';
import { describe, expect, it } from 'vitest';
import { presignWebSocket } from './presign-web-socket';

const REGION = 'eu-central-1';
const AT = new Date('2026-11-22T09:08:07.654Z');
const KEYS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'wJalr/XUtn+FEMI=' };

/** The same by the SDK's own signer, which signs what it puts into the query. */
async function peer(url: URL) {
  const { config } = new IoTClient({ region: REGION, credentials: KEYS });
  const signer = await config.signer({
    name: 'sigv4',
    signingName: 'iotdevicegateway',
    signingRegion: REGION,
    properties: {},
  });
  if (!('presign' in signer) || typeof signer.presign !== 'function') throw new TypeError('no presigner');
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path: url.pathname,
      headers: { host: url.host },
      query: {},
    },
    { expiresIn: 300, signingDate: AT },
  );
  return signed.query['X-Amz-Signature'];
}

describe('the URL is signed as the SDK signs', () => {
  it.each([
    ['wss://a1b2-ats.iot.eu-central-1.amazonaws.com/mqtt', 'AWS, at the default port'],
    ['ws://127.0.0.1:4567/mqtt', 'a port of its own belongs to the host that is signed'],
  ])('%s (%s)', async (address) => {
    const url = new URL(address);
    const signed = new URL(presignWebSocket({ url, region: REGION, credentials: KEYS, at: AT }));
    expect(signed.searchParams.get('X-Amz-Signature')).toBe(await peer(url));
    expect(signed.searchParams.get('X-Amz-Credential')).toBe(
      `AKIAEXAMPLE/20261122/${REGION}/iotdevicegateway/aws4_request`,
    );
  });
});

it('appends the token of temporary credentials behind the signature, which does not change', () => {
  const url = new URL('wss://a1b2-ats.iot.eu-central-1.amazonaws.com/mqtt');
  const sign = (sessionToken?: string) =>
    presignWebSocket({ url, region: REGION, credentials: { ...KEYS, sessionToken }, at: AT });
  expect(sign('To/ken+=')).toBe(`${sign()}&X-Amz-Security-Token=To%2Fken%2B%3D`);
});
