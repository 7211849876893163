/**
 * The console's HTTP server: Next, in production unless `--dev` is given, behind the rules of who may ask and under which name.
 * @module
 */

import { createServer, ServerResponse } from 'node:http';
import next from 'next';
import { LOOPBACK } from '../launcher/ports.mjs';
import { ROOT } from '../launcher/sources.mjs';
import { createDoor } from './door.mjs';
import { failed, heardFromLauncher, ready } from './guard.mjs';

/** Ending waits for answers under way this long. */
const DRAIN_MS = 2000;

const isDevelopment = process.argv.includes('--dev');

async function serve() {
  // Where the sandbox is when it runs, and that the database is up to date.
  const told = heardFromLauncher();
  // Next listens for upgrades on the server it is given, else on the one of the first request, past the door. This one never listens.
  const upgrades = createServer();
  const app = next({ dev: isDevelopment, dir: ROOT, httpServer: upgrades });
  await app.prepare();
  Object.assign(process.env, (await told).environment);
  const { settings: readSettings } = await import('../../dist/settings.mjs');
  const settings = readSettings();
  const handle = app.getRequestHandler();
  const door = createDoor(settings);
  const servers = await listen(settings, (request, response) => {
    if (door.admit(request, response)) void handle(request, response);
  });
  // Only development has a WebSocket (of hot reloading); without a listener Node answers an upgrade as the request it is (RFC 9110 section 7.8).
  if (isDevelopment) {
    for (const server of servers) server.on('upgrade', admitUpgrade(door, upgrades));
  }
  process.on('SIGTERM', () => stop(servers));
  // What instrumentation.ts left word of.
  await globalThis.jitpConsoleBegin?.();
}

/** Lets the door look at an upgrade as at any request; what it turns away is answered and closed. */
function admitUpgrade(door, upgrades) {
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => socket.end());
    if (!door.admit(request, response)) return;
    response.detachSocket(socket);
    // Before its first request Next hears nothing yet; the page tries again.
    if (!upgrades.emit('upgrade', request, socket, head)) socket.destroy();
  };
}

async function listen({ host: configured, port }, handler) {
  const hosts = configured === undefined ? LOOPBACK : [configured];
  const servers = [];
  for (const host of hosts) {
    const server = createServer(handler);
    try {
      await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, host, ipv6Only: host === '::1' }, resolve);
      });
      servers.push(server);
    } catch (error) {
      // A machine without IPv6 has no ::1; the other address suffices.
      if (hosts.length === 1 || !['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code)) throw error;
    }
  }
  return servers;
}

function stop(servers) {
  for (const server of servers) {
    server.close();
    server.closeIdleConnections();
  }
  void Promise.all(servers.map((server) => new Promise((resolve) => server.once('close', resolve)))).then(
    () => process.exit(0),
  );
  // Streams of open pages never end by themselves.
  setTimeout(() => process.exit(0), DRAIN_MS).unref();
}

try {
  await serve();
  ready();
} catch (error) {
  console.error(error);
  failed(
    error.code === 'EADDRINUSE'
      ? `Port ${error.port} (the console) was taken by another program in this moment. Choose another port with PORT.`
      : 'The console cannot be started. What it wrote stands above.',
  );
}
