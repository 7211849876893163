import type {
  DeleteConnectionRequest,
  GetConnectionRequest,
  GetConnectionResponse,
} from '@aws-sdk/client-iot-data-plane';
import { ApiError, invalidRequest, notFound, required } from '@/lib/sandbox/api-error';
import type { MessageBus } from '@/lib/sandbox/message-bus';
import type { Scope } from '@/lib/sandbox/scope';

/** Ends a client's connection; its will is published and its session kept unless asked otherwise. */
export function deleteConnection(scope: Scope, input: DeleteConnectionRequest): object {
  const clientId = clientIdOf(input.clientId);
  const wasConnected = busOf(scope).deleteConnection({
    region: scope.region.name,
    clientId,
    cleanSession: input.cleanSession === true,
    withWill: input.preventWillMessage !== true,
  });
  if (!wasConnected) throw notFound(`The client ${clientId} is not connected`);
  return {};
}

/** "This information is available for 30 minutes after the client disconnects" (service model, `GetConnectionResponse`). */
const KEPT_AFTER_DISCONNECT_MS = 30 * 60_000;

export function getConnection(scope: Scope, input: GetConnectionRequest): GetConnectionResponse {
  const clientId = clientIdOf(input.clientId);
  const { sandbox, region, now } = scope;
  const last = sandbox.connectivity.get(region.name, clientId);
  if (!last || (!last.connected && now().getTime() - last.timestamp > KEPT_AFTER_DISCONNECT_MS)) {
    throw notFound(`The client ${clientId} is not connected`);
  }
  const client = busOf(scope)
    .clients()
    .find((other) => other.region === region.name && other.clientId === clientId);
  const socket = input.includeSocketInformation === true && {
    sourceIp: last.sourceIp,
    sourcePort: last.sourcePort,
  };
  return {
    clientId,
    connected: last.connected,
    ...(last.connected
      ? { connectedSince: last.timestamp }
      : { disconnectedSince: last.timestamp, disconnectReason: last.disconnectReason }),
    ...(client && { cleanSession: client.cleanSession, keepAliveDuration: client.keepAliveSeconds }),
    ...socket,
  };
}

/** Service model, `ClientId`. */
const CLIENT_ID = /^[^$].{0,127}$/s;

function clientIdOf(clientId: string | undefined): string {
  const id = required(clientId, 'clientId');
  if (!CLIENT_ID.test(id))
    throw invalidRequest('A client ID has 1 to 128 characters and does not begin with $');
  return id;
}

function busOf({ sandbox }: Scope): MessageBus {
  if (sandbox.messageBus) return sandbox.messageBus;
  throw new ApiError('ServiceUnavailableException', 'The message broker is not running');
}
