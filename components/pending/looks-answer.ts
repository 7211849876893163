import type { PendingLook } from '@/lib/registry/pending';

/** What is known of a few certificates that wait, as the address of looks answers. */
export type PendingLooksAnswer = {
  looks: PendingLook[];
  /** Calls to AWS that it took. */
  calls: number;
};
