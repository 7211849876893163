import { afterAll } from 'vitest';
import { type Sandbox, type StartSettings, startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto } from './boto';

/** A sandbox for one test file, in memory unless told otherwise, and boto3 for it; both end with the file. */
export async function testSandbox(settings: StartSettings = {}): Promise<{ sandbox: Sandbox; boto: Boto }> {
  const sandbox = await startSandbox(settings);
  const boto = new Boto(sandbox.api);
  afterAll(async () => {
    boto[Symbol.dispose]();
    await sandbox.close();
  });
  return { sandbox, boto };
}
