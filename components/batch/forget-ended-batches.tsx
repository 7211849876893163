'use client';

import { useEffect, useState } from 'react';
import { pkiClient } from '@/lib/browser/pki-client';
import { postJson } from '@/lib/browser/post-json';
import { endedAnswer } from './batch-answers';
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

async function askEnded(url: string, batches: readonly string[]): Promise<readonly string[] | undefined> {
  const posted = await postJson(url, { batches });
  return typeof posted === 'string' ? undefined : endedAnswer.safeParse(posted.answer).data?.ended;
}
