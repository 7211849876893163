import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

export type CaseLinkTarget = { environment: string; certificateId: string };

/** Times are ISO 8601. */
export type CaseLinkFacts = {
  /** Names the link; opens nothing. */
  id: string;
  createdByName: string;
  createdAt: string;
  expiresAt: string;
  lastOpenedAt: string | undefined;
  openings: number;
};

export type CaseLinkActions = {
  make: (input: CaseLinkTarget & { days: number }) => Promise<Result<{ link: string }, Failure>>;
  revoke: (input: CaseLinkTarget & { id: string }) => Promise<Result<undefined, Failure>>;
  allow: (input: { environment: string; isAllowed: boolean }) => Promise<Result<undefined, Failure>>;
};
