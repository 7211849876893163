/**
 * The MQTT clients of all pages that are open on this process.
 * @module
 */
import 'server-only';
import type { Environment } from '@/lib/config/environments';
import { TabClient } from './tab-client';

/** Each is a connection to the broker and some memory for what waits. Our choice. */
export const TAB_CLIENTS_MAX = 50;
/** One operator leaves room for the others. Our choice. */
export const TAB_CLIENTS_PER_OPERATOR_MAX = 10;

/** Whose page of which environment; `tab` is chosen by the page. */
export type TabKey = { environment: Environment; operatorId: string; tab: string };

declare global {
  // Next may load a module once per bundle; the clients are the process's.
  var jitpConsoleTabClients: Map<string, TabClient> | undefined;
}

/** The page's client, made when there is none yet; `undefined` when there are too many already. */
export function openTabClient(key: TabKey): TabClient | undefined {
  const clients = all();
  const name = nameOf(key);
  const open = clients.get(name);
  if (open !== undefined) return open;
  const own = [...clients.values()].filter(({ operatorId }) => operatorId === key.operatorId);
  if (clients.size >= TAB_CLIENTS_MAX || own.length >= TAB_CLIENTS_PER_OPERATOR_MAX) return undefined;
  const made = new TabClient(key, () => clients.delete(name));
  clients.set(name, made);
  return made;
}

/** The page's client while its stream is open. */
export const findTabClient = (key: TabKey): TabClient | undefined => all().get(nameOf(key));

const nameOf = ({ environment, operatorId, tab }: TabKey) =>
  JSON.stringify([environment.id, operatorId, tab]);

function all(): Map<string, TabClient> {
  globalThis.jitpConsoleTabClients ??= new Map();
  return globalThis.jitpConsoleTabClients;
}
