'use client';

import { useEffect, useState } from 'react';
import { pkiClient } from '@/lib/browser/pki-client';
import { askEnded } from './ask-ended';
import { forgetEnded } from './forget-ended';
import { NotForgotten } from './not-forgotten';

/** Deletes what this browser still keeps of batches that are over; shows itself only when it cannot. */
export function ForgetEndedBatches({ url }: { url: string }) {
  const [left, setLeft] = useState<readonly string[]>([]);
  useEffect(() => {
    void forgetEnded({ pki: pkiClient(), askEnded: (batches) => askEnded(url, batches) }).then(setLeft);
  }, [url]);
  return left.length === 0 ? null : <NotForgotten />;
}
