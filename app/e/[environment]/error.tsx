'use client';

import { CrashedPage } from '@/components/shell/crashed-page';

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorInEnvironment({ error, reset }: ErrorProps) {
  return <CrashedPage reference={error.digest} retry={reset} />;
}
