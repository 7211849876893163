import 'server-only';
import { createHash } from 'node:crypto';

/** As Lambda tells it of a function's package: base64. */
export const packageSha256 = (packageZip: Uint8Array): string =>
  createHash('sha256').update(packageZip).digest('base64');
