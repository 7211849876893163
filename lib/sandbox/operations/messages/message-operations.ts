import type { Operations } from '@/lib/sandbox/operations/operation';
import { publish } from './publish';

export const messageOperations = { Publish: publish } satisfies Operations;
