'use client';

import { RunElsewhere } from '@/components/batch/batch-run-provider';
import { CrashedPage } from '@/components/shell/crashed-page';

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorInIssueBatch({ error, reset }: ErrorProps) {
  return (
    <>
      <RunElsewhere />
      <CrashedPage reference={error.digest} retry={reset} />
    </>
  );
}
