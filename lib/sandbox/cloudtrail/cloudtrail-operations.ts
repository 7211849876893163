import type { Operations } from '@/lib/sandbox/operations/operation';
import { lookupEvents } from './lookup-events';

export const cloudtrailOperations = { LookupEvents: lookupEvents } satisfies Operations;
