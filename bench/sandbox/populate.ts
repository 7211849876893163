import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';
import type { HttpLoadResult } from './load-messages';
import { call, requestText } from './requests';
import type { Worker } from './worker';

const BATCH = 4000;
const CONNECTIONS = 16;
const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}';

export const thingName = (index: number) => `pump-${String(index).padStart(6, '0')}`;

/** Makes things, each with a certificate of its own and a policy attached to it, through the API. */
export async function populate({ api, load, things }: { api: string; load: Worker; things: number }) {
  await call(api, 'POST', '/policies/fleet', { policyDocument: POLICY });
  const port = Number(new URL(api).port);
  const mint = new CertificateMint();
  const ca = mint.ca('Fleet CA', 'ec');
  const send = async (requests: string[]) => {
    const result = await load.ask<HttpLoadResult>({ port, requests, connections: CONNECTIONS });
    if (Object.keys(result.statuses).join() !== '200') {
      throw new Error(`populating was refused: ${JSON.stringify(result.statuses)}`);
    }
  };
  for (let from = 0; from < things; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, things - from) }, (_, offset) => {
      const name = thingName(from + offset);
      const device = mint.device(ca, name);
      return { name, device, arn: `arn:aws:iot:us-east-1:123456789012:cert/${device.certificateId}` };
    });
    await send(
      batch.flatMap(({ name, device }, index) => {
        const attributes = { model: 'P-7', plant: `plant-${(from + index) % 50}`, serial: name };
        const thing = JSON.stringify({ attributePayload: { attributes } });
        const certificate = JSON.stringify({ certificatePem: device.pem, status: 'ACTIVE' });
        return [
          requestText('POST', `/things/${name}`, thing),
          requestText('POST', '/certificate/register-no-ca', certificate),
        ];
      }),
    );
    await send(
      batch.flatMap(({ name, arn }) => [
        requestText('PUT', '/target-policies/fleet', JSON.stringify({ target: arn })),
        // The ARN is in a header, as the model has it.
        requestText('PUT', `/things/${name}/principals`).replace('\r\n', `\r\nx-amzn-principal: ${arn}\r\n`),
      ]),
    );
  }
}
