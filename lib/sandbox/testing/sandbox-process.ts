/**
 * The sandbox as the process that people run, started from its bundle.
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

export type SandboxReady = {
  sandbox: string;
  api: string;
  mqtt: { host: string; port: number };
  caFile: string;
};

/** Bundles `lib/sandbox/main.ts` of the working directory to a file. */
export async function bundleSandbox(outfile: string): Promise<void> {
  await build({
    entryPoints: ['lib/sandbox/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
}

export class SandboxProcess {
  readonly child: ChildProcess;
  readonly output = { out: '', err: '' };

  /** @param env - settings; ports are free ones unless given */
  constructor(bundle: string, env: Readonly<Record<string, string>>, execArgv: readonly string[] = []) {
    this.child = fork(bundle, {
      env: {
        NODE_ENV: 'test',
        // biome-ignore lint/style/noProcessEnv: only where programs lie; everything else is given.
        PATH: process.env['PATH'] ?? '',
        SANDBOX_API_PORT: '0',
        SANDBOX_MQTT_PORT: '0',
        SANDBOX_HTTPS_PORT: '0',
        SANDBOX_ALPN_PORT: '0',
        ...env,
      },
      execArgv: [...execArgv],
      silent: true,
    });
    this.child.stdout?.on('data', (chunk) => {
      this.output.out += String(chunk);
    });
    this.child.stderr?.on('data', (chunk) => {
      this.output.err += String(chunk);
    });
  }

  /** What it prints when it can be used. */
  async ready(): Promise<SandboxReady> {
    const { child, output } = this;
    const ended = once(child, 'exit').then(() => {
      throw new Error(`ended before it was ready: ${output.err}`);
    });
    ended.catch(() => undefined); // an end after readiness is what tests are about
    while (!output.out.includes('\n')) {
      await Promise.race([once(child.stdout ?? child, 'data'), ended]);
    }
    return JSON.parse(output.out);
  }

  /** Runs to the end by itself. */
  async ended(): Promise<{ code: unknown; out: string; err: string }> {
    const [code] = await once(this.child, 'close');
    return { code, ...this.output };
  }

  /** Resolves when it is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await once(this.child, 'exit');
  }

  /** Resident memory in megabytes now and at its highest; undefined where the system has no `/proc`. */
  memory(): { residentMb: number; peakMb: number } | undefined {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
      const megabytes = (name: string) =>
        Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024);
      return { residentMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') };
    } catch {
      return undefined;
    }
  }
}
