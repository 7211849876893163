import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { ApiError } from '@/lib/sandbox/api-error';
import type { Answer } from '@/lib/sandbox/http/answer';
import { refusalOf } from '@/lib/sandbox/http/guard';
import { parsedTarget } from '@/lib/sandbox/http/parsed-target';
import { readBody } from '@/lib/sandbox/http/read-body';
import { errorAnswer } from '@/lib/sandbox/http/rest-json-service';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { type PresentedCertificate, readPeerCertificates } from '@/lib/sandbox/tls/peer-certificates';
import { answerDeviceRequest } from './answer-device-request';

/** A device's request is at most 128 KB over loopback. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

export type DeviceHttpsSettings = {
  sandbox: SandboxState;
  now: () => Date;
  /** Hears of what should not happen. */
  onUnexpected(error: unknown): void;
};

/** HTTP on TLS connections that others accept: AWS serves devices on 8443, and by ALPN on 443. */
export class DeviceHttpsServer {
  readonly #settings: DeviceHttpsSettings;
  readonly #http = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS });
  readonly #chains = new WeakMap<object, readonly PresentedCertificate[]>();

  constructor(settings: DeviceHttpsSettings) {
    this.#settings = settings;
    this.#http.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
    this.#http.on('request', (request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        settings.onUnexpected(error);
        response.destroy();
      });
    });
  }

  /** Takes over a connection whose handshake is done. */
  serve(socket: TLSSocket): void {
    // A peer that vanishes is an everyday thing.
    socket.on('error', () => socket.destroy());
    this.#chains.set(socket, readPeerCertificates(socket));
    this.#http.emit('connection', socket);
  }

  close(): void {
    this.#http.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    const answer = await this.#answer(request, requestId);
    if (!request.complete) {
      request.resume();
      response.setHeader('connection', 'close');
    }
    response.writeHead(answer.status, {
      ...answer.headers,
      'content-length': Buffer.byteLength(answer.body),
      'x-amzn-requestid': requestId,
    });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  }

  async #answer(request: IncomingMessage, requestId: string): Promise<Answer> {
    const refusal = refusalOf(request.headers);
    if (refusal !== undefined) return errorAnswer(new ApiError('ForbiddenException', refusal));
    try {
      const socket = request.socket as TLSSocket;
      const body = await readBody(request);
      const { path, query } = parsedTarget(request.url ?? '');
      return await answerDeviceRequest(
        {
          rest: { method: request.method ?? '', path, query, headers: request.headers, body },
          requestId,
          leaf: this.#chains.get(socket)?.[0],
          serverName: socket.servername,
          sourceIp: socket.remoteAddress,
        },
        this.#settings,
      );
    } catch (error) {
      if (error instanceof ApiError) return errorAnswer(error);
      throw error;
    }
  }
}
