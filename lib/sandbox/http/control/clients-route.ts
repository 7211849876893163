import { z } from 'zod';
import { type ControlHandler, json } from './control-route';
import { readQuery } from './read-input';

/** `GET /_sandbox/clients`: everybody who is connected over MQTT now, in the order they came. */
export const getClients: ControlHandler = ({ state }, { query }) => {
  readQuery(z.strictObject({}), query);
  const clients = state.messageBus?.clients() ?? [];
  return json(200, {
    clients: clients.map(({ cleanSession: _, ...client }) => ({
      ...client,
      certificateId: client.certificateId ?? null,
      sourceIp: client.sourceIp ?? null,
    })),
  });
};
