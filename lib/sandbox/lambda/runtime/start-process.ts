import { rm } from 'node:fs/promises';
import type { FunctionRecord } from '@/lib/sandbox/lambda/lambda-tables';
import type { FunctionDirectory } from './function-directory';
import { FunctionProcess } from './function-process';
import type { ProcessSlots } from './process-slots';
import type { Program } from './program';
import { type FunctionHost, memoryMegabytesOf, spawnFunction } from './spawn-function';
import { watchProcess } from './watch-process';

type ProcessParts = {
  known: FunctionRecord;
  directory: FunctionDirectory;
  host: FunctionHost;
  slots: ProcessSlots;
};

/**
 * Starts a process of a function as soon as there is a place for it, with a scratch folder that goes when it does.
 *
 * @throws ApiError ServiceException when the machine starts no process now
 */
export async function startProcess(
  program: Program,
  { known, directory, host, slots }: ProcessParts,
): Promise<FunctionProcess> {
  await slots.take();
  let scratch: string | undefined;
  const tidy = async () => {
    slots.free();
    if (scratch !== undefined) await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    scratch = await directory.makeScratch();
    const child = await spawnFunction(program, { known, directory, scratch, host });
    // What cannot be removed goes with the function's folder.
    child.once('exit', () => tidy().catch(() => undefined));
    const watched = {
      pid: child.pid ?? 0,
      scratch,
      memoryMegabytes: memoryMegabytesOf(program, known),
      storageMegabytes: known.ephemeralStorageMegabytes,
    };
    return new FunctionProcess(child, (onExceeded) => watchProcess(watched, onExceeded));
  } catch (error) {
    await tidy();
    throw error;
  }
}
