import { describe, expect, it } from 'vitest';
import { parseSettings } from './settings';

const noFile = () => {
  throw new Error('no file is read');
};
const LAB = { id: 'lab', name: 'Lab', kind: 'aws', accountId: '123456789012', region: 'eu-central-1' };

function faultsOf(env: Record<string, string>, readFile: (path: string) => string = noFile) {
  const parsed = parseSettings(env, readFile);
  return parsed.ok ? [] : parsed.failure.map(({ variable }) => variable);
}

describe('settings', () => {
  it('need nothing: loopback, port 3000, .data', () => {
    const parsed = parseSettings({}, noFile);
    expect(parsed).toMatchObject({
      ok: true,
      value: { port: 3000, host: undefined, development: false, environments: undefined },
    });
    expect(parsed.ok && parsed.value.baseUrl.href).toBe('http://localhost:3000/');
  });

  it.each([
    {
      env: { BASE_URL: 'http://console.example.com' },
      faulty: ['BASE_URL'],
      why: 'plain http beyond localhost',
    },
    {
      env: { BASE_URL: 'http://127.0.0.1:3000' },
      faulty: ['BASE_URL'],
      why: 'only localhost is printed and used',
    },
    { env: { BASE_URL: 'https://console.example.com/x' }, faulty: ['BASE_URL'], why: 'a path' },
    { env: { BASE_URL: 'https://a:b@console.example.com' }, faulty: ['BASE_URL'], why: 'credentials' },
    { env: { BASE_URL: 'ftp://console.example.com' }, faulty: ['BASE_URL'], why: 'another scheme' },
    { env: { HOST: '0.0.0.0' }, faulty: ['HOST'], why: 'reachable from outside without https' },
    { env: { HOST: '0.0.0.0', BASE_URL: 'http://localhost:3000' }, faulty: ['HOST'], why: 'the same' },
    { env: { PORT: '65536' }, faulty: ['PORT'], why: 'no such port' },
    {
      env: { SANDBOX_PROVISIONING_DELAY_MS: '3600001' },
      faulty: ['SANDBOX_PROVISIONING_DELAY_MS'],
      why: 'more than the sandbox takes',
    },
    { env: { PORT: '-1', SANDBOX_API_PORT: 'x' }, faulty: ['PORT', 'SANDBOX_API_PORT'], why: 'all at once' },
    { env: { TRUSTED_PROXIES: '10.0.0.0/33' }, faulty: ['TRUSTED_PROXIES'], why: 'no such network' },
    { env: { TRUSTED_PROXIES: 'proxy.example.com' }, faulty: ['TRUSTED_PROXIES'], why: 'a name' },
    { env: { DATABASE_URL: 'mysql://x' }, faulty: ['DATABASE_URL'], why: 'another database' },
    { env: { SESSION_SECRET: 'short' }, faulty: ['SESSION_SECRET'], why: 'guessable' },
    { env: { ENVIRONMENTS: '[' }, faulty: ['ENVIRONMENTS'], why: 'no JSON' },
    { env: { ENVIRONMENTS: '[]' }, faulty: ['ENVIRONMENTS'], why: 'none' },
    {
      env: { ENVIRONMENTS: '[]', ENVIRONMENTS_FILE: 'x' },
      faulty: ['ENVIRONMENTS_FILE'],
      why: 'two sources',
    },
    { env: { ENVIRONMENTS_FILE: 'missing.json' }, faulty: ['ENVIRONMENTS_FILE'], why: 'no such file' },
    {
      env: { ENVIRONMENTS: JSON.stringify([{ ...LAB, accountId: '1', region: 'mars' }]) },
      faulty: ['ENVIRONMENTS.0.accountId', 'ENVIRONMENTS.0.region'],
      why: 'each fault at its place',
    },
    { env: { ENVIRONMENTS: JSON.stringify([LAB, LAB]) }, faulty: ['ENVIRONMENTS'], why: 'one id twice' },
    {
      env: { ENVIRONMENTS: JSON.stringify([{ ...LAB, secret: 1 }]) },
      faulty: ['ENVIRONMENTS.0'],
      why: 'unknown key',
    },
    ...[
      { url: 'http://sandbox.example.com:4567', why: 'a control API beyond this machine' },
      { url: 'http://127.0.0.1.example.com:4567', why: 'a name that only begins like loopback' },
      { url: 'https://127.0.0.1:4567', why: 'a scheme that no sandbox speaks' },
      { url: 'http://127.0.0.1:4567/_sandbox/reset?', why: 'more than an origin' },
      { url: 'http://user:password@127.0.0.1:4567', why: 'credentials before it' },
    ].map(({ url, why }) => ({
      env: { ENVIRONMENTS: JSON.stringify([{ ...LAB, sandboxControl: { url } }]) },
      faulty: ['ENVIRONMENTS.0.sandboxControl.url'],
      why,
    })),
  ])('refuse $faulty: $why', ({ env, faulty }) => {
    expect(faultsOf(env as Record<string, string>)).toEqual(faulty);
  });

  it.each([
    { env: { BASE_URL: 'https://console.example.com', HOST: '0.0.0.0' }, why: 'behind a proxy with TLS' },
    { env: { BASE_URL: 'http://localhost:39000' }, why: 'another port of localhost' },
    { env: { HOST: '127.0.0.2' }, why: 'loopback' },
    { env: { TRUSTED_PROXIES: '10.0.0.0/8, ::1 ,192.0.2.7' }, why: 'addresses and networks' },
    { env: { BASE_URL: '', DATABASE_URL: '' }, why: 'an empty variable is an unset one' },
    { env: { ENVIRONMENTS: JSON.stringify([LAB]) }, why: 'defaults fill the rest' },
    ...['http://127.0.0.1:4567', 'http://localhost:4567/', 'http://[::1]:4567'].map((url) => ({
      env: { ENVIRONMENTS: JSON.stringify([{ ...LAB, sandboxControl: { url } }]) },
      why: `the control API of a sandbox at ${url}`,
    })),
  ])('accept $env: $why', ({ env }) => {
    expect(faultsOf(env as Record<string, string>)).toEqual([]);
  });

  it('say what is wrong without the value', () => {
    const secret = 'hunter2hunter2';
    const env = {
      SESSION_SECRET: secret,
      DATABASE_URL: secret,
      BASE_URL: secret,
      ENVIRONMENTS: JSON.stringify([{ ...LAB, kind: secret, endpoints: { iot: secret } }]),
    };
    const parsed = parseSettings(env, noFile);
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).not.toContain(secret);
  });

  it('complete an environment with what AWS gives', () => {
    const parsed = parseSettings({ ENVIRONMENTS_FILE: 'list.json' }, () => JSON.stringify([LAB]));
    expect(parsed.ok && parsed.value.environments).toEqual([
      {
        ...LAB,
        endpoints: { iot: undefined, iotData: undefined, iam: undefined, sts: undefined },
        mqtt: { host: undefined, port: 8883 },
        serverTrustFile: undefined,
        callsPerSecond: 10,
      },
    ]);
  });
});
