import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const PROBE_TIMEOUT_MS = 20_000;

let found: Promise<string | undefined> | undefined;

/**
 * The real path of a Python 3 that has boto3 without a user's own packages, as `python3` may be a shell script in front of it.
 * Undefined when there is none, or none can be started now. What was found stays; what was not is looked for again.
 */
export async function pythonInterpreter(): Promise<string | undefined> {
  found ??= probe();
  const interpreter = await found;
  if (interpreter === undefined) found = undefined;
  return interpreter;
}

async function probe(): Promise<string | undefined> {
  const program = 'import sys, boto3; print(sys.executable)';
  try {
    const { stdout } = await promisify(execFile)('python3', ['-I', '-c', program], {
      timeout: PROBE_TIMEOUT_MS,
    });
    return stdout.trim() || undefined;
  } catch {
    return undefined; // no python3, none with boto3, or no process can be started
  }
}
