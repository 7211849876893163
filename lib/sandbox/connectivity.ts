/** Why a connection ended, in the words of AWS's presence events and fleet index. */
export type DisconnectReason =
  | 'API_INITIATED_DISCONNECT'
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
  /** 0 for a client id's first connection, one more for each that follows; about an hour away begins anew. */
  versionNumber: number;
  sourceIp?: string | undefined;
  sourcePort?: number | undefined;
};

/** As many client ids as the sandbox is made for; the one heard of longest ago gives way. */
const CLIENTS_MAX = 200_000;

/** The last thing known of each client id of each Region. In memory: nobody is connected after a restart. */
export class ConnectivityLedger {
  readonly #byClient = new Map<string, Connectivity>();
  readonly #byPrincipal = new Map<string, Connectivity>();
  /** Grows with every change. */
  version = 0;

  get(region: string, clientId: string): Connectivity | undefined {
    return this.#byClient.get(`${region} ${clientId}`);
  }

  /** The last thing known of a principal, whatever its client id. */
  ofPrincipal(region: string, principal: string): Connectivity | undefined {
    return this.#byPrincipal.get(`${region} ${principal}`);
  }

  set(region: string, clientId: string, connectivity: Connectivity): void {
    keepLatest(this.#byClient, `${region} ${clientId}`, connectivity);
    keepLatest(this.#byPrincipal, `${region} ${connectivity.principal}`, connectivity);
    this.version += 1;
  }

  clear(): void {
    this.#byClient.clear();
    this.#byPrincipal.clear();
    this.version += 1;
  }
}

function keepLatest(map: Map<string, Connectivity>, key: string, connectivity: Connectivity): void {
  map.delete(key);
  map.set(key, connectivity);
  if (map.size > CLIENTS_MAX) map.delete(map.keys().next().value ?? '');
}
