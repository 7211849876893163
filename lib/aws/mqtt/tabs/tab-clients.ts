/**
 * The MQTT clients of all pages that are open on this process.
 * @module
 */
import 'server-only';
import type { Environment } from '@/lib/config/environments';
import { TabClient } from './tab-client';

/** Each is a connection to the broker and some memory for what waits. Our choice. */
export const TAB_CLIENTS_MAX = 50;

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
  if (open !== undefined || clients.size >= TAB_CLIENTS_MAX) return open;
  const made = new TabClient(key.environment, () => clients.delete(name));
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
