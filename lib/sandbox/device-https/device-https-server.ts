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

/** How long a client may take, in milliseconds. Node's own watch over this begins with listening, which others do here. */
export type DeviceHttpsTimeouts = {
  /** From the handshake to the end of the first request's headers. */
  headersMs: number;
  /** From there to the answer; a device's request is at most 128 KB over loopback. */
  requestMs: number;
  /** From an answer to the end of the next request's headers. */
  keepAliveMs: number;
};

const TIMEOUTS: DeviceHttpsTimeouts = { headersMs: 10_000, requestMs: 30_000, keepAliveMs: 65_000 };

export type DeviceHttpsSettings = {
  sandbox: SandboxState;
  now: () => Date;
  /** Hears of what should not happen. */
  onUnexpected(error: unknown): void;
  timeouts?: DeviceHttpsTimeouts | undefined;
};

/** HTTP on TLS connections that others accept: AWS serves devices on 8443, and by ALPN on 443. */
export class DeviceHttpsServer {
  readonly #settings: DeviceHttpsSettings;
  readonly #timeouts: DeviceHttpsTimeouts;
  readonly #http = createServer();
  readonly #chains = new WeakMap<object, readonly PresentedCertificate[]>();
  /** Gives a connection that much more time, in milliseconds, from now. */
  readonly #deadlines = new WeakMap<object, (ms: number) => void>();

  constructor(settings: DeviceHttpsSettings) {
    this.#settings = settings;
    this.#timeouts = settings.timeouts ?? TIMEOUTS;
    // Longer than the watch of `serve`, which tells requests that dawdle from connections that wait.
    this.#http.keepAliveTimeout = this.#timeouts.keepAliveMs * 2;
    this.#http.on('request', (request, response) => {
      const extend = this.#deadlines.get(request.socket);
      extend?.(this.#timeouts.requestMs);
      response.once('finish', () => extend?.(this.#timeouts.keepAliveMs));
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
    this.#watch(socket);
    this.#http.emit('connection', socket);
  }

  /** Ends a connection whose client is slower than {@link DeviceHttpsTimeouts} allows, however it trickles. */
  #watch(socket: TLSSocket): void {
    let timer = setTimeout(() => socket.destroy(), this.#timeouts.headersMs);
    this.#deadlines.set(socket, (ms) => {
      clearTimeout(timer);
      timer = setTimeout(() => socket.destroy(), ms);
    });
    socket.once('close', () => clearTimeout(timer));
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
      const { path, query } = parsedTarget(request.url ?? '');
      return await answerDeviceRequest(
        {
          rest: { method: request.method ?? '', path, query, headers: request.headers },
          readBody: () => readBody(request),
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
