/**
 * The sandbox as a process: settings from `SANDBOX_*`, one line of JSON when it can be used, then silence.
 * @module
 */
import { readSettings } from './settings';
import { StartRefusal } from './start-refusal';
import { startSandbox } from './start-sandbox';

const EXIT_REFUSED = 1;
const EXIT_BAD_SETTINGS = 2;

/** Starts the sandbox of this process; it ends with SIGTERM, SIGINT or, when forked, with its parent. */
async function main(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: the entry of the process is where its environment is read.
  const settings = readSettings(process.env);
  if (!settings.ok) {
    process.stderr.write(`${settings.failure.join('\n')}\n`);
    process.exitCode = EXIT_BAD_SETTINGS;
    return;
  }
  const sandbox = await startSandbox(settings.value);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    sandbox.close().then(() => process.exit(0), refuse);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Forked by a launcher: its end, even by kill -9, closes the channel.
  process.on('disconnect', stop);
  if (process.send && !process.connected) stop();

  const { api, mqtt, https, alpn, caFile } = sandbox;
  process.stdout.write(`${JSON.stringify({ sandbox: 'ready', api, mqtt, https, alpn, caFile })}\n`);
}

function refuse(error: unknown): never {
  const sentence =
    error instanceof StartRefusal
      ? error.message
      : `The sandbox failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  process.stderr.write(`${sentence}\n`);
  process.exit(EXIT_REFUSED);
}

main().catch(refuse);
