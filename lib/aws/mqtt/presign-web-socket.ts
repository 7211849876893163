/**
 * The signed URL of an MQTT connection over WebSocket.
 * AWS IoT Core Developer Guide, "Device communication protocols" (MQTT over WSS, service `iotdevicegateway`);
 * AWS General Reference, "Create a signed AWS API request" (Signature Version 4, query string).
 * @module
 */
import 'server-only';
import { createHash, createHmac } from 'node:crypto';

export type SigningCredentials = {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
};

type Presigned = { url: URL; region: string; credentials: SigningCredentials; at: Date };

const SERVICE = 'iotdevicegateway';
const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * @param url - where the WebSocket is, such as `wss://<prefix>-ats.iot.eu-central-1.amazonaws.com/mqtt`, without query
 * @param at - the signature is good for five minutes from then
 * @returns the whole URL. It lets whoever has it connect: it is never logged and never leaves the server
 */
export function presignWebSocket({ url, region, credentials, at }: Presigned): string {
  const stamp = at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = `${stamp.slice(0, 8)}/${region}/${SERVICE}/aws4_request`;
  // In the order of their names, as the canonical request wants them.
  const query = [
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${scope}`],
    ['X-Amz-Date', stamp],
    ['X-Amz-Expires', '300'],
    ['X-Amz-SignedHeaders', 'host'],
  ]
    .map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const request = ['GET', url.pathname, query, `host:${url.host}\n`, 'host', sha256('')].join('\n');
  const toSign = [ALGORITHM, stamp, scope, sha256(request)].join('\n');
  const signature = hmac(signingKey(credentials.secretAccessKey, scope), toSign).toString('hex');
  // AWS IoT, unlike other services, takes the token only behind the signature, not below it.
  const token =
    credentials.sessionToken === undefined
      ? ''
      : `&X-Amz-Security-Token=${encodeURIComponent(credentials.sessionToken)}`;
  return `${url.href}?${query}&X-Amz-Signature=${signature}${token}`;
}

function signingKey(secret: string, scope: string): Buffer {
  let key: Buffer = Buffer.from(`AWS4${secret}`);
  for (const part of scope.split('/')) key = hmac(key, part);
  return key;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
