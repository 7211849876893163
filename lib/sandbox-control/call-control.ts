/**
 * One call to the sandbox's control API, which speaks HTTP on loopback.
 * @module
 */
import 'server-only';
import type { z } from 'zod';
import type { Failure } from '@/lib/failure';
import { fail, ok, type Result } from '@/lib/result';
import { refusalAnswer } from './answers';

/** It answers out of its memory; a page must not hang on one that is stopped in a debugger. */
const TIMEOUT_MS = 5000;

/** Twenty thousand clients with a few subscriptions each, or five thousand long events. */
const ANSWER_BYTES_MAX = 32 * 1024 * 1024;

export type ControlCall<Schema extends z.ZodType> = {
  method: 'GET' | 'POST' | 'DELETE';
  /** Below `/_sandbox/`. */
  path: string;
  query?: URLSearchParams;
  body?: object;
  answer: Schema;
};

/** A refused call: what the status was, and the sandbox's sentence. */
export type ControlRefusal = { status: number; message: string };

/**
 * @param origin - of the sandbox, `http://127.0.0.1:4567`
 * @param onRefusal - makes another failure of a refusal than the general one
 */
export async function callControl<Schema extends z.ZodType>(
  origin: string,
  { method, path, query, body, answer }: ControlCall<Schema>,
  onRefusal: (refusal: ControlRefusal) => Failure | undefined = () => undefined,
): Promise<Result<z.output<Schema>, Failure>> {
  const url = new URL(`/_sandbox/${path}`, origin);
  url.search = String(query ?? '');
  let received: { status: number; json: unknown };
  try {
    received = await exchange(url, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return fail({ kind: 'sandbox', reason: 'unreachable', message: reasonOf(error) });
  }
  const { status, json } = received;
  if (status >= 200 && status < 300) {
    const parsed = answer.safeParse(json);
    return parsed.success ? ok(parsed.data) : unreadable(`${method} ${url.pathname}: ${status}`);
  }
  const refusal = refusalAnswer.safeParse(json);
  if (!refusal.success) return unreadable(`${method} ${url.pathname}: ${status}`);
  const { message } = refusal.data;
  return fail(onRefusal({ status, message }) ?? { kind: 'sandbox', reason: 'refused', message });
}

const unreadable = (message: string) => fail({ kind: 'sandbox', reason: 'unreadable', message } as const);

/** @throws what `fetch` throws without an answer; an answer that is no JSON, or too long, is `undefined` */
async function exchange(url: URL, init: RequestInit): Promise<{ status: number; json: unknown }> {
  const response = await fetch(url, {
    ...init,
    cache: 'no-store',
    // A sandbox leads nowhere else, and the console is not to be led into the network by whoever took its port.
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await readText(response);
  try {
    return { status: response.status, json: text === undefined ? undefined : JSON.parse(text) };
  } catch {
    return { status: response.status, json: undefined };
  }
}

async function readText(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop ends the connection.
    if (bytes > ANSWER_BYTES_MAX) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** `fetch` itself says no more than "fetch failed"; the cause says why. */
function reasonOf(error: Error): string {
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
