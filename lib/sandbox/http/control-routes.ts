/**
 * The sandbox's own routes below `/_sandbox`, which AWS does not have.
 * @module
 */
import { invalidRequest } from '@/lib/sandbox/api-error';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import type { Answer } from './answer';

export const CONTROL_PREFIX = '/_sandbox/';

export type ControlSettings = { state: SandboxState; caPem: string };

type ControlRoute = {
  method: 'GET' | 'POST';
  answer(settings: ControlSettings, query: URLSearchParams): Answer;
};

const routes: ReadonlyMap<string, ControlRoute> = new Map<string, ControlRoute>([
  ['/_sandbox/health', { method: 'GET', answer: () => json(200, { status: 'ok' }) }],
  [
    '/_sandbox/reset',
    {
      method: 'POST',
      answer({ state }) {
        state.reset();
        return json(200, { status: 'ok' });
      },
    },
  ],
  [
    '/_sandbox/ca.pem',
    {
      method: 'GET',
      answer: ({ caPem }) => ({
        status: 200,
        headers: { 'content-type': 'application/x-pem-file' },
        body: caPem,
      }),
    },
  ],
  [
    '/_sandbox/events',
    {
      method: 'GET',
      answer({ state }, query) {
        const after = query.get('after') ?? '0';
        if (!/^\d{1,15}$/.test(after)) throw invalidRequest('after must be the sequence number of an event');
        return json(200, { events: state.explanations.after(Number(after)) });
      },
    },
  ],
]);

export function answerControl(
  settings: ControlSettings,
  { method, path, query }: { method: string; path: string; query: URLSearchParams },
): Answer {
  const route = routes.get(path);
  if (!route) return json(404, { message: `There is no ${path}` });
  if (route.method !== method) {
    const answer = json(405, { message: `${path} answers to ${route.method} only` });
    return { ...answer, headers: { ...answer.headers, allow: route.method } };
  }
  return route.answer(settings, query);
}

const json = (status: number, value: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
