import type { FunctionRecord } from '@/lib/sandbox/lambda/lambda-tables';
import { FunctionPool } from '@/lib/sandbox/lambda/runtime/function-pool';
import { ProcessSlots } from '@/lib/sandbox/lambda/runtime/process-slots';

/** A function as the tables keep it, with Lambda's defaults. */
export const KNOWN_FUNCTION: FunctionRecord = {
  functionName: 'f',
  role: 'arn:aws:iam::123456789012:role/FunctionRole',
  runtime: 'nodejs20.x',
  handler: 'index.handler',
  description: '',
  timeoutSeconds: 3,
  memoryMegabytes: 128,
  environment: {},
  ephemeralStorageMegabytes: 512,
  architecture: 'x86_64',
  tags: {},
  codeSha256: '',
  codeBytes: 1,
  modifiedAt: 0,
  revisionId: 'r',
  permissions: [],
  policyRevisionId: '',
  sequence: 1,
};

/** Of a function whose sandbox is not there. */
export const poolOf = (zip: Uint8Array, slots = new ProcessSlots(4)) =>
  new FunctionPool(KNOWN_FUNCTION, {
    host: { endpoint: 'http://127.0.0.1:1', region: 'us-east-1' },
    zip,
    slots,
  });

export const INVOCATION = { id: 'i', event: '{}', arn: 'arn', timeoutMs: 3000, trace: '' };
