import type { Failure } from '@/lib/failure';

/** What an act answers in an environment that offers no control API, as AWS's. */
export const withoutControl = ({ id }: { id: string }): Failure => ({
  kind: 'not-found',
  resource: 'sandbox-control',
  id,
});
