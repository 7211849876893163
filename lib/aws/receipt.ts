import type { Receipt } from '@/lib/registry/receipt';

/** The request id of an answer that has nothing else to tell. */
export const toReceipt = (output: { $metadata: { requestId?: string | undefined } }): Receipt => ({
  requestId: output.$metadata.requestId,
});
