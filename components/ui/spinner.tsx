import { LoaderCircle } from 'lucide-react';

/** Motion beside a word that says what is going on. */
export function Spinner() {
  return <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" />;
}
