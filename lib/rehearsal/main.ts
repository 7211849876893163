/**
 * `npm run rehearse -- BUNDLE`: what a device does when it is switched on, from this machine. The key is used here and goes nowhere.
 * @module
 */
import { parseArgs } from 'node:util';
import { readDevice } from './read-device';
import { rehearse, STEPS } from './rehearse';

const USAGE = `npm run rehearse -- BUNDLE [--host HOST] [--port PORT] [--client-id ID] [--cafile ROOT] [--wait SECONDS]
BUNDLE is the ZIP of one device, the folder it was unpacked to, or its files. Ends with 0 when the device got in.
`;
const WAIT_SECONDS = 60;
/** A day: who waits for a person leaves it running. */
const WAIT_SECONDS_MAX = 86_400;

const EXIT_NOT_THROUGH = 1;
const EXIT_USAGE = 2;

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stderr.write(USAGE);
    return EXIT_USAGE;
  }
  const device = await readDevice(options.paths, options);
  if (!device.ok) {
    process.stderr.write(`${device.failure}\n`);
    return EXIT_USAGE;
  }
  const width = Math.max(...STEPS.map((step) => step.length));
  const say = (step: string, text: string) => process.stdout.write(`${step.padEnd(width)}  ${text}\n`);
  const { name, certificateId } = device.value;
  say('DEVICE', `${name}, certificate ${certificateId}`);
  return (await rehearse(device.value, options.waitMs, say)) ? 0 : EXIT_NOT_THROUGH;
}

/** @returns undefined for a command line that cannot be meant */
function readOptions(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { host: text, port: text, 'client-id': text, cafile: text, wait: text },
    });
    const port = numberOf(values.port, 65_535);
    const wait = numberOf(values.wait ?? String(WAIT_SECONDS), WAIT_SECONDS_MAX);
    if (positionals.length === 0 || wait === undefined || (values.port !== undefined && port === undefined)) {
      return undefined;
    }
    const { host, cafile, 'client-id': clientId } = values;
    return {
      paths: positionals,
      waitMs: wait * 1000,
      ...(host && { host }),
      ...(port && { port }),
      ...(clientId && { clientId }),
      ...(cafile && { cafile }),
    };
  } catch {
    return undefined;
  }
}

function numberOf(text: string | undefined, max: number): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= max ? value : undefined;
}

process.exitCode = await main();
