'use client';

import { useEffect, useState } from 'react';
import { pkiClient } from '@/lib/browser/pki-client';
import { askEnded } from './ask-ended';
import { useHeldRun } from './batch-run-provider';
import { forgetEnded } from './forget-ended';
import { NotForgotten } from './not-forgotten';

/** Deletes what this browser still keeps of batches that are over; shows itself only when it cannot. */
export function ForgetEndedBatches({ url }: { url: string }) {
  const { isBusy } = useHeldRun();
  const [left, setLeft] = useState<readonly string[]>([]);
  // As the page comes, and as a batch that ran has come to an end: it may have been ended by others before it was stopped.
  useEffect(() => {
    if (isBusy) return;
    void forgetEnded({ pki: pkiClient(), askEnded: (batches) => askEnded(url, batches) }).then(setLeft);
  }, [url, isBusy]);
  return left.length === 0 ? null : <NotForgotten />;
}
