'use client';

import { CrashedPage } from '@/components/shell/crashed-page';

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorProps) {
  return (
    <main>
      <CrashedPage reference={error.digest} retry={reset} />
    </main>
  );
}
