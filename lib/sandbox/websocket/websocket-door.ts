/**
 * MQTT over WebSocket at `/mqtt` of the API port, as callers with AWS credentials use it.
 * AWS IoT Core Developer Guide, "Device communication protocols" (MQTT over WSS, port 443, SigV4); MQTT 3.1.1 section 6.
 * @module
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import { ApiError } from '@/lib/sandbox/api-error';
import { type CredentialScope, credentialScope } from '@/lib/sandbox/http/credential-scope';
import { refusalOf } from '@/lib/sandbox/http/guard';
import { PACKET_BODY_BYTES_MAX } from '@/lib/sandbox/mqtt/packet-rules';
import type { Transport } from '@/lib/sandbox/mqtt/transport';

/** The guide's signing name for MQTT over WebSocket; the data plane's own is taken as well. */
const SIGNING_NAMES: ReadonlySet<string> = new Set(['iotdevicegateway', 'iotdata']);
/** MQTT 3.1.1 section 6.0: `mqtt`; older clients say `mqttv3.1`. */
const SUBPROTOCOLS = ['mqtt', 'mqttv3.1'];
const FIXED_HEADER_BYTES_MAX = 5;
/** RFC 6455 section 7.4.1: a type of data that cannot be accepted. */
const UNSUPPORTED_DATA = 1003;
/** The same: no Close frame came. */
const ABNORMAL_CLOSURE = 1006;

export class WebSocketDoor {
  readonly #server = new WebSocketServer({
    noServer: true,
    // A message may hold several packets or a part of one; no single packet is longer than this.
    maxPayload: PACKET_BODY_BYTES_MAX + FIXED_HEADER_BYTES_MAX,
    perMessageDeflate: false,
    handleProtocols: (offered) => SUBPROTOCOLS.find((name) => offered.has(name)) ?? false,
  });
  readonly #serve: (transport: Transport) => void;

  constructor(serve: (transport: Transport) => void) {
    this.#serve = serve;
  }

  /** Answers an upgrade of the API port: the WebSocket, or an HTTP refusal and the end of the connection. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Whatever the peer does from here on ends its own connection and nothing else.
    socket.on('error', () => socket.destroy());
    const admitted = admit(request);
    if ('refusal' in admitted) {
      refuse(socket, admitted);
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const { region, accessKeyId } = admitted.caller;
      this.#serve({
        ...streamOf(webSocket),
        identity: { kind: 'iam', region, principal: accessKeyId },
        serverName: undefined,
        remoteAddress: request.socket.remoteAddress,
        remotePort: request.socket.remotePort,
        protocol: 'websocket',
      });
    });
  }

  /** Ends every WebSocket, so that the port beneath can be closed. */
  close(): void {
    for (const webSocket of this.#server.clients) webSocket.terminate();
    this.#server.close();
  }
}

type Refusal = { status: 400 | 403 | 404; refusal: string };

function admit(request: IncomingMessage): { caller: CredentialScope } | Refusal {
  const pageRefusal = refusalOf({ ...request.headers, upgrade: undefined });
  if (pageRefusal !== undefined) return { status: 403, refusal: pageRefusal };
  const [path = '', search = ''] = (request.url ?? '').split(/\?(.*)/s);
  if (path !== '/mqtt') return { status: 404, refusal: 'WebSockets are at /mqtt only.' };
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (!SUBPROTOCOLS.some((name) => offered.includes(name))) {
    return { status: 400, refusal: 'The WebSocket must offer the subprotocol mqtt.' };
  }
  return signedCaller(request.headers.authorization, new URLSearchParams(search));
}

/** Signed like any call, by header or query; the signature itself is not checked here either. */
function signedCaller(authorization: string | undefined, query: URLSearchParams) {
  try {
    const caller = credentialScope(authorization, query);
    if (SIGNING_NAMES.has(caller.service ?? '')) return { caller };
    const refusal =
      'Sign the WebSocket with SigV4 for the service iotdevicegateway. Custom authorizers are not supported.';
    return { status: 403, refusal } as const;
  } catch (error) {
    if (error instanceof ApiError) return { status: 403, refusal: error.message } as const;
    throw error;
  }
}

function streamOf(webSocket: WebSocket): Pick<Transport, 'stream' | 'closedByPeer'> {
  let refused = false;
  let closedByPeer = false;
  // Heard before the end of the stream, which is told of it after this.
  webSocket.on('close', (code) => {
    closedByPeer = !refused && code !== ABNORMAL_CLOSURE;
  });
  // MQTT 3.1.1 section 6.0: control packets come in binary frames, and anything else ends the connection.
  webSocket.on('message', (_, isBinary) => {
    if (isBinary) return;
    refused = true;
    webSocket.close(UNSUPPORTED_DATA, 'MQTT is binary');
  });
  return { stream: createWebSocketStream(webSocket), closedByPeer: () => closedByPeer };
}

const REASONS = { 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found' } as const;

function refuse(socket: Duplex, { status, refusal }: Refusal): void {
  const body = JSON.stringify({ message: refusal });
  socket.end(
    [
      `HTTP/1.1 ${status} ${REASONS[status]}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
