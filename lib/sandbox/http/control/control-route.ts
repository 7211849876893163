import type { Answer } from '@/lib/sandbox/http/answer';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';

export const CONTROL_PREFIX = '/_sandbox/';

export type ControlSettings = { state: SandboxState; caPem: string; now: () => Date };

export type ControlRequest = {
  method: string;
  /** Raw, without query. */
  path: string;
  query: URLSearchParams;
  readBody(): Promise<Buffer>;
  /** Told when the client has gone before its answer. */
  onGone(listener: () => void): void;
};

export type ControlHandler = (settings: ControlSettings, request: ControlRequest) => Answer | Promise<Answer>;

export const json = (status: number, value: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
