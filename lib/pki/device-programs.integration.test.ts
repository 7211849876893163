import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { ConnectTarget } from './connect-commands';
import { DEVICE_PROGRAMS, deviceProgram } from './device-programs';

/** A name that breaks whatever does not quote. */
const TARGET: ConnectTarget = {
  host: 'abc-ats.iot.eu-central-1.amazonaws.com',
  port: 8883,
  thingName: `press"1' $(x)`,
  fileNames: {
    key: 'press.key',
    certificate: 'press.crt',
    chain: 'press-chain.crt',
    serverRoot: 'server-root.pem',
  },
};

describe('the program for a device', () => {
  it.each(DEVICE_PROGRAMS)('%s names the endpoint and the files of its bundle', (program) => {
    const { text } = deviceProgram(program, TARGET);
    for (const part of [TARGET.host, 'press-chain.crt', 'press.key', 'server-root.pem']) {
      expect(text).toContain(part);
    }
  });

  it.each(DEVICE_PROGRAMS)('%s asks for the key of a device that keeps its own', (program) => {
    const fileNames = { ...TARGET.fileNames, key: undefined };
    expect(deviceProgram(program, { ...TARGET, fileNames }).text).toContain('device.key');
  });

  it('is Python that compiles, whatever the device is called', () => {
    const { text } = deviceProgram('python', TARGET);
    execFileSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: text });
  });

  it('is JavaScript that parses, whatever the device is called', () => {
    const { text } = deviceProgram('javascript', TARGET);
    execFileSync(process.execPath, ['--input-type=module', '--check'], { input: text });
  });

  it('is JSON for the Device Client, with the topic of the thing', () => {
    const { text } = deviceProgram('device-client', TARGET);
    expect(JSON.parse(text)).toMatchObject({
      'thing-name': TARGET.thingName,
      samples: { 'pub-sub': { 'publish-topic': `${TARGET.thingName}/test` } },
    });
  });
});
