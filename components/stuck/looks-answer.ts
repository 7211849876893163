import type { StuckLook } from '@/lib/registry/stuck';

/** Why a few certificates are stuck, as the address of looks answers. */
export type LooksAnswer = {
  looks: StuckLook[];
  /** Calls to AWS that it took. */
  calls: number;
};
