/** Why a connection ended, in the words of AWS's presence events and fleet index. */
export type DisconnectReason =
  | 'AUTH_ERROR'
  | 'CLIENT_INITIATED_DISCONNECT'
  | 'CLIENT_ERROR'
  | 'CONNECTION_LOST'
  | 'DUPLICATE_CLIENTID'
  | 'FORBIDDEN_ACCESS'
  | 'MQTT_KEEP_ALIVE_TIMEOUT'
  | 'SERVER_ERROR'
  | 'SERVER_INITIATED_DISCONNECT'
  | 'THROTTLED'
  | 'WEBSOCKET_TTL_EXPIRATION'
  | 'CUSTOMAUTH_TTL_EXPIRATION'
  | 'UNKNOWN';

/** What is known of a client id's connection. */
export type Connectivity = {
  connected: boolean;
  /** When it last connected or disconnected, epoch milliseconds. */
  timestamp: number;
  disconnectReason?: DisconnectReason | undefined;
  /** Certificate id, or the signing caller of a WebSocket. */
  principal: string;
  sessionId: string;
  /** How often this client id has connected. */
  versionNumber: number;
  sourceIp?: string | undefined;
  sourcePort?: number | undefined;
};

/** As many client ids as the sandbox is made for; the one heard of longest ago gives way. */
const CLIENTS_MAX = 200_000;

/** The last thing known of each client id of each Region. In memory: nobody is connected after a restart. */
export class ConnectivityLedger {
  readonly #byClient = new Map<string, Connectivity>();
  /** Grows with every change. */
  version = 0;

  get(region: string, clientId: string): Connectivity | undefined {
    return this.#byClient.get(`${region} ${clientId}`);
  }

  set(region: string, clientId: string, connectivity: Connectivity): void {
    const key = `${region} ${clientId}`;
    this.#byClient.delete(key);
    this.#byClient.set(key, connectivity);
    if (this.#byClient.size > CLIENTS_MAX) this.#byClient.delete(this.#byClient.keys().next().value ?? '');
    this.version += 1;
  }

  clear(): void {
    this.#byClient.clear();
    this.version += 1;
  }
}
