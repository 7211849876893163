/**
 * The sandbox's own routes below `/_sandbox`, which AWS does not have.
 * @module
 */
import type { Answer } from '@/lib/sandbox/http/answer';
import { getClients } from './clients-route';
import {
  CONTROL_PREFIX,
  type ControlHandler,
  type ControlRequest,
  type ControlSettings,
  json,
} from './control-route';
import { getEvents } from './events-route';
import { deleteFault, deleteFaults, getFaults, postFault } from './faults-routes';
import { FUNCTION_PACKAGE, getFunctionPackage } from './function-package-route';

type Handlers = Readonly<Record<string, ControlHandler>>;

const reset: ControlHandler = ({ state }) => {
  state.reset();
  return json(200, { status: 'ok' });
};

const caPem: ControlHandler = ({ caPem: body }) => ({
  status: 200,
  headers: { 'content-type': 'application/x-pem-file' },
  body,
});

const routes: ReadonlyMap<string, Handlers> = new Map<string, Handlers>([
  ['health', { GET: () => json(200, { status: 'ok' }) }],
  ['reset', { POST: reset }],
  ['ca.pem', { GET: caPem }],
  ['events', { GET: getEvents }],
  ['clients', { GET: getClients }],
  ['faults', { GET: getFaults, POST: postFault, DELETE: deleteFaults }],
]);

const FAULT_ROUTE: Handlers = { DELETE: deleteFault };
const PACKAGE_ROUTE: Handlers = { GET: getFunctionPackage };

/** @throws ApiError for what a route refuses */
export function answerControl(settings: ControlSettings, request: ControlRequest): Answer | Promise<Answer> {
  const { method, path } = request;
  const name = path.slice(CONTROL_PREFIX.length);
  const handlers = handlersOf(name);
  if (!handlers) return json(404, { message: `There is no ${path.slice(0, 256)}` });
  const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
  if (handler) return handler(settings, request);
  const allow = Object.keys(handlers).join(', ');
  const answer = json(405, { message: `${path} answers to ${allow} only` });
  return { ...answer, headers: { ...answer.headers, allow } };
}

function handlersOf(name: string): Handlers | undefined {
  if (/^faults\/[\da-f-]{36}$/.test(name)) return FAULT_ROUTE;
  return FUNCTION_PACKAGE.test(name) ? PACKAGE_ROUTE : routes.get(name);
}
