import { lambdaError } from './lambda-error';
import type { LambdaTables } from './lambda-tables';

/** AWS keeps 75 GB; here all of it is in memory and in the journal. */
const STORED_BYTES_MAX = 64 * 1024 * 1024;

/** @throws ApiError CodeStorageExceededException */
export function checkStorage(
  { functions }: LambdaTables,
  { functionName, codeBytes }: { functionName: string; codeBytes: number },
): void {
  let stored = codeBytes;
  for (const known of functions.values()) if (known.functionName !== functionName) stored += known.codeBytes;
  if (stored > STORED_BYTES_MAX) {
    throw lambdaError(
      'CodeStorageExceededException',
      `Code storage limit exceeded: the sandbox keeps ${STORED_BYTES_MAX} bytes`,
    );
  }
}
