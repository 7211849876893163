import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { ApiError } from '@/lib/sandbox/api-error';
import { DroppedConnection } from '@/lib/sandbox/call-admission/admit-call';
import type { Answer } from './answer';
import { type ApiSettings, answerRequest } from './answer-request';
import { refusalOf } from './guard';
import { readBody } from './read-body';
import { errorAnswer } from './rest-json-service';

/** Time to send a whole request; the largest is 1 MB over loopback. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than SDK clients keep a socket idle, so that none is closed under a request. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
/** Far above what one machine's tools open, and a bound on what it costs when one of them runs wild. */
const CONNECTIONS_MAX = 1000;
/** How long a stop waits for answers under way. */
const CLOSE_GRACE_MS = 2000;

export type ApiServer = { port: number; close(): Promise<void> };

export type ServerSettings = ApiSettings & {
  port: number;
  hosts: readonly string[];
  /** Takes requests to speak MQTT over WebSocket. */
  webSockets: { upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void };
  requestTimeoutMs?: number | undefined;
  headersTimeoutMs?: number | undefined;
  /** Told of a bug; the client gets 500. */
  onUnexpected(error: unknown): void;
};

/**
 * Listens on every host with the same port.
 *
 * @throws the system's error when the port is taken
 */
export async function startApiServer(settings: ServerSettings): Promise<ApiServer> {
  const servers: Server[] = [];
  let port = settings.port;
  try {
    for (const host of settings.hosts) {
      const server = newServer(settings);
      await listen(server, { host, port });
      servers.push(server);
      port = portOf(server);
    }
  } catch (error) {
    await Promise.all(servers.map(close));
    throw error;
  }
  return {
    port,
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

function newServer(settings: ServerSettings): Server {
  const { requestTimeoutMs = REQUEST_TIMEOUT_MS, headersTimeoutMs = HEADERS_TIMEOUT_MS } = settings;
  const server = createServer({
    requestTimeout: requestTimeoutMs,
    headersTimeout: headersTimeoutMs,
    // Node looks every 30 s by default, whatever the timeouts are.
    connectionsCheckingInterval: headersTimeoutMs / 2,
  });
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  server.maxConnections = CONNECTIONS_MAX;
  server.on('upgrade', (request, socket, head) => settings.webSockets.upgrade(request, socket, head));
  // A request to be a tunnel; without a listener it would get no answer.
  server.on('connect', (_request, socket) => {
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  server.on('request', (request, response) => {
    serve(settings, { request, response }).catch(settings.onUnexpected);
  });
  return server;
}

type Exchange = { request: IncomingMessage; response: ServerResponse };

async function serve(settings: ServerSettings, { request, response }: Exchange): Promise<void> {
  const requestId = randomUUID();
  const answer = await answerOf(settings, { request, response, requestId });
  if (!answer) {
    request.socket.destroy();
    return;
  }
  // A body that nobody wants is read to its end all the same, so that the connection can be used again.
  if (!request.complete) {
    request.resume();
    response.setHeader('connection', 'close');
  }
  // Bytes, because Node writes a long string as text much slower.
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': body.length,
    'x-amzn-requestid': requestId,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Undefined: the connection is to end without an answer. */
async function answerOf(
  settings: ServerSettings,
  { request, response, requestId }: Exchange & { requestId: string },
): Promise<Answer | undefined> {
  const refusal = refusalOf(request.headers);
  if (refusal !== undefined) return errorAnswer(new ApiError('AccessDeniedException', refusal));
  try {
    return await answerRequest(settings, {
      method: request.method ?? '',
      target: request.url ?? '',
      headers: request.headers,
      requestId,
      readBody: () => readBody(request),
      onGone: (listener) => response.once('close', listener),
    });
  } catch (error) {
    if (error instanceof DroppedConnection) return undefined;
    settings.onUnexpected(error);
    return errorAnswer(
      new ApiError('InternalFailureException', 'The sandbox failed; its output has the reason'),
    );
  }
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: host.includes(':') }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (typeof address === 'object' && address !== null) return address.port;
  throw new TypeError('a listening TCP server has a port');
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
