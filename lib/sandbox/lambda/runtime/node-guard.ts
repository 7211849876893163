/**
 * What keeps a Node.js handler on this machine, beside Node's permission flags, which leave it the network and signals: connections,
 * datagrams and names that would be looked up elsewhere are refused, what listens listens on loopback, and no other process is
 * signalled. It stands in the handler's own process: it keeps a handler from mistakes and is no wall against code that wants out.
 * @module
 */

/** Plain JavaScript, part of the bootstrap. */
export const NODE_GUARD = String.raw`
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const refusal = (message) => Object.assign(new Error(message), { code: 'ERR_ACCESS_DENIED' });
const notThere = (place) => refusal('The sandbox lets functions connect to this machine only, not to ' + place);
const notHere = (place) => refusal('The sandbox lets functions listen on 127.0.0.1, ::1 and in TMPDIR only, not on ' + place);
const isLoopback = (host) => ['127.0.0.1', '::1', 'localhost'].includes(host);

// On Lambda nobody outside reaches what listens either.
const ANYWHERE = { undefined: '127.0.0.1', '': '127.0.0.1', '0.0.0.0': '127.0.0.1', '::': '::1' };
const placeToListen = (host) => ANYWHERE[host ?? 'undefined'] ?? host;

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...parts) {
  // The three forms of its arguments, and the one in which net.connect() hands them on.
  const [options, done] = Array.isArray(parts[0]) ? parts[0] : net._normalizeArgs(parts);
  const place = options.path || options.host || 'localhost';
  // Who is looked up by a function of the handler's own may be anybody.
  if (!options.path && isLoopback(place)) return connect.call(this, { ...options, lookup: undefined }, done);
  if (typeof done === 'function') this.once('connect', done);
  this.connecting = true;
  // As late as an answer of the network: who called has its listeners by then.
  setImmediate(() => this.destroy(notThere(place)));
  return this;
};

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...parts) {
  const [options, done] = net._normalizeArgs(parts);
  if (options.path === undefined && !('port' in options) && parts[0] && typeof parts[0] === 'object') {
    return listen.apply(this, parts); // a handle or a descriptor that is open already
  }
  const host = placeToListen(options.host);
  const isOwn = path.resolve(options.path ?? '').startsWith(process.env.TMPDIR + path.sep);
  if (options.path === undefined ? isLoopback(host) : isOwn) {
    const place = options.path === undefined ? { host, port: options.port ?? 0 } : {};
    return listen.call(this, { ...options, ...place }, done);
  }
  process.nextTick(() => this.emit('error', notHere(options.path ?? host)));
  return this;
};

for (const method of ['send', 'connect']) {
  const original = dgram.Socket.prototype[method];
  dgram.Socket.prototype[method] = function (...parts) {
    // The address is the one text behind the first argument that is no number.
    const address = parts.slice(1).find((part) => typeof part === 'string' && !/^\d+$/.test(part));
    if (address === undefined || isLoopback(address)) return original.apply(this, parts);
    const last = parts.at(-1);
    const error = notThere(address);
    process.nextTick(() => (typeof last === 'function' ? last(error) : this.emit('error', error)));
  };
}
const { bind } = dgram.Socket.prototype;
dgram.Socket.prototype.bind = function (...parts) {
  const [first, second] = parts;
  const given = first && typeof first === 'object' ? first : { port: Number(first) || 0, address: second };
  const named = typeof given.address === 'string' ? given.address : '';
  // A socket of IPv6 takes no address of IPv4.
  const address = named === '' && this.type === 'udp6' ? '::1' : placeToListen(named);
  if (isLoopback(address)) {
    const done = parts.find((part) => typeof part === 'function');
    return bind.call(this, { ...given, address }, done);
  }
  process.nextTick(() => this.emit('error', notHere(address)));
  return this;
};
for (const method of ['addMembership', 'addSourceSpecificMembership']) {
  dgram.Socket.prototype[method] = (group) => {
    throw notThere(group);
  };
}

// A name is a message to a server of names; an address says nothing to anybody.
const isLookedUpHere = (name) => !name || isLoopback(name) || net.isIP(name) !== 0;
const answerNothing = (name, last) => {
  const error = notThere(name);
  if (typeof last !== 'function') return Promise.reject(error);
  process.nextTick(() => last(error));
};
for (const place of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const method of Object.getOwnPropertyNames(place)) {
    if (/^(?:resolve|reverse|lookupService)/.test(method)) place[method] = (name, ...rest) => answerNothing(name, rest.at(-1));
  }
  const { lookup } = place;
  if (lookup === undefined) continue;
  place.lookup = (name, ...rest) => (isLookedUpHere(name) ? lookup(name, ...rest) : answerNothing(name, rest.at(-1)));
}

Object.defineProperty(dns.lookup, promisify.custom, { value: dns.promises.lookup });

const onlyOwn = (act, isOwn) => (pid, ...rest) => {
  if (!isOwn(pid)) throw refusal('The sandbox lets functions send signals to themselves only');
  return act(pid, ...rest);
};
for (const method of ['kill', '_kill', '_debugProcess'].filter((name) => name in process)) {
  process[method] = onlyOwn(process[method].bind(process), (pid) => pid === process.pid);
}
const { setPriority } = os;
os.setPriority = (...parts) =>
  onlyOwn(setPriority, (pid) => parts.length === 1 || pid === 0 || pid === process.pid)(...parts);
syncBuiltinESMExports();
`;
