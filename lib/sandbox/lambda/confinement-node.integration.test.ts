import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { functionSandbox, surprises } from './testing/function-sandbox';

const { boto } = await functionSandbox();

describe('handlers of Node.js', () => {
  it('send nothing out, listen for nobody out there, and signal nobody else', async () => {
    const code = `
      import dgram from 'node:dgram';
      import dns, { promises } from 'node:dns';
      import http from 'node:http';
      import net from 'node:net';
      import os from 'node:os';
      import { kill } from 'node:process';
      import tls from 'node:tls';
      const tried = async (act) => {
        try { await act(); return 'done'; } catch (error) {
          const { code, message } = error.cause ?? error;
          return code === 'ERR_ACCESS_DENIED' && message.startsWith('The sandbox') ? 'refused' : message;
        }
      };
      const opened = (socket, name = 'connect') =>
        new Promise((resolve, reject) => socket.once(name, resolve).once('error', reject));
      const sent = (...parts) =>
        new Promise((resolve, reject) => {
          const udp = dgram.createSocket('udp4').once('error', reject);
          udp.send(...parts, (error) => (error ? reject(error) : resolve(udp.close())));
        });
      export const handler = async (event) => {
        const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL);
        const server = net.createServer().listen(0);
        await opened(server, 'listening');
        const udp = dgram.createSocket('udp4').bind(0, '0.0.0.0');
        await opened(udp, 'listening');
        const lookup = (name, options, done) => done(null, [{ address: '192.0.2.1', family: 4 }]);
        const answer = {
          refused: {
            port: await tried(() => opened(net.connect(9, '192.0.2.1'))),
            options: await tried(() => opened(new net.Socket().connect({ host: 'example.com', port: 9 }))),
            path: await tried(() => opened(net.connect('/var/run/x.sock'))),
            tls: await tried(() => opened(tls.connect({ host: '192.0.2.1', port: 443 }))),
            http: await tried(() => opened(http.get('http://192.0.2.1/'), 'response')),
            fetch: await tried(() => fetch('http://192.0.2.1/')),
            udp: await tried(() => sent('x', 9, '192.0.2.1')),
            'udp with offsets': await tried(() => sent(Buffer.from('x'), 0, 1, 9, '192.0.2.1')),
            kill: await tried(() => kill(process.ppid, 0)),
            'kill the group': await tried(() => process.kill(0, 0)),
            'kill by another name': await tried(() => process._kill(process.ppid, 0)),
            'debug the sandbox': await tried(() => process._debugProcess(process.ppid)),
            'set a priority': await tried(() => os.setPriority(process.ppid, 5)),
            'look up': await tried(() => promises.lookup('example.com')),
            'look up with a callback': await tried(() => new Promise((ok, no) => dns.lookup('example.com', (error) => no(error)))),
            resolve: await tried(() => promises.resolve4('example.com')),
            'resolve by a resolver': await tried(() => new promises.Resolver().resolveTxt('example.com')),
            reverse: await tried(() => promises.reverse('192.0.2.1')),
            listen: await tried(() => opened(net.createServer().listen(0, '192.0.2.1'), 'listening')),
            'listen by a path': await tried(() => opened(net.createServer().listen(event.outside + '/x.sock'), 'listening')),
            bind: await tried(() => opened(dgram.createSocket('udp4').bind(0, '192.0.2.1'), 'listening')),
            multicast: await tried(() => udp.addMembership('224.0.0.99')),
          },
          allowed: {
            port: await tried(() => opened(net.connect(Number(port), hostname))),
            http: await tried(() => opened(http.get(process.env.AWS_ENDPOINT_URL), 'response')),
            fetch: await tried(() => fetch(process.env.AWS_ENDPOINT_URL)),
            udp: await tried(() => sent('x', 9, '127.0.0.1')),
            kill: await tried(() => kill(process.pid, 0)),
            'look up itself': await tried(() => promises.lookup('localhost')),
            'connect to its own': await tried(() => opened(net.connect(server.address().port))),
            'connect as it was looked up': await tried(() =>
              opened(net.connect({ host: 'localhost', port: Number(port), lookup })),
            ),
            'listen by a path': await tried(() => opened(net.createServer().listen(process.env.TMPDIR + '/x.sock'), 'listening')),
          },
          seen: { server: server.address().address, udp: udp.address().address },
        };
        udp.close();
        return answer;
      };`;
    const order = { name: 'guarded', files: { 'index.mjs': code } };
    expect(await surprises(boto, order, { outside: tmpdir() })).toEqual({
      notRefused: [],
      notAllowed: [],
      seen: { server: '127.0.0.1', udp: '127.0.0.1' },
    });
  });
});
