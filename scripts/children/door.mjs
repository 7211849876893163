/**
 * What a request must look like before Next sees it: under the console's own name, and with no forwarded header that a proxy we
 * trust did not write.
 * @module
 */
import { BlockList, isIP } from 'node:net';

/** Read by `lib/auth/request.ts`. */
const CLIENT_ADDRESS_HEADER = 'x-jitp-console-client-address';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @param {{ baseUrl: URL, trustedProxies: string[] }} settings */
export function createDoor({ baseUrl, trustedProxies }) {
  const proxies = toBlockList(trustedProxies);
  const isTrusted = (address) =>
    isIP(address) !== 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

  /** @returns {boolean} whether Next may answer; false: it is answered already */
  function admit(request, response) {
    const peer = plainAddress(request.socket.remoteAddress ?? '');
    const fromProxy = isTrusted(peer);
    if (!fromProxy) dropForwarded(request.headers);
    // Next makes links and checks origins with these: they say what the configuration says, never what the sender says.
    const host = (fromProxy && firstOf(request.headers['x-forwarded-host'])) || (request.headers.host ?? '');
    request.headers['x-forwarded-host'] = baseUrl.host;
    request.headers['x-forwarded-proto'] = baseUrl.protocol.slice(0, -1);
    request.headers[CLIENT_ADDRESS_HEADER] = fromProxy
      ? clientBehind(request.headers['x-forwarded-for'], isTrusted, peer)
      : peer;
    return host === baseUrl.host || turnAway(request, response, { host, baseUrl });
  }

  return { admit };
}

/** A page under another name (a rebound DNS name among them) is none of ours; loopback's other names lead to the right one. */
function turnAway(request, response, { host, baseUrl }) {
  const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  const isVisit =
    request.method === 'GET' && LOOPBACK_NAMES.has(name) && LOOPBACK_NAMES.has(baseUrl.hostname);
  if (isVisit && request.url?.startsWith('/') && !request.url.startsWith('//')) {
    response.writeHead(307, { location: `${baseUrl.origin}${request.url}` }).end();
  } else {
    response
      .writeHead(421, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
      .end(`JITP Console answers at ${baseUrl.origin} only. Open that address, or change BASE_URL.\n`);
  }
  return false;
}

function dropForwarded(headers) {
  for (const name of Object.keys(headers)) {
    if (name === 'forwarded' || name === 'x-real-ip' || name.startsWith('x-forwarded-')) delete headers[name];
  }
}

/** The last address of the chain that no proxy of ours wrote for itself. */
function clientBehind(forwardedFor, isTrusted, peer) {
  const chain = String(forwardedFor ?? '')
    .split(',')
    .map((entry) => plainAddress(entry.trim()))
    .filter((entry) => isIP(entry) !== 0);
  return chain.findLast((address) => !isTrusted(address)) ?? chain[0] ?? peer;
}

function firstOf(header) {
  return String(header ?? '')
    .split(',')[0]
    .trim();
}

/** IPv4 as a dual-stack socket writes it (RFC 4291 section 2.5.5.2), without its prefix. */
function plainAddress(address) {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function toBlockList(entries) {
  const list = new BlockList();
  for (const entry of entries) {
    const [address, bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
