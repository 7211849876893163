/**
 * How far a sweep has come: where it goes on, what it counted, and what it could not see. Kept with the run, so that the work of
 * a process that ended is not lost.
 * @module
 */
import { z } from 'zod';

/**
 * `registered-cas`: the certificates of every CA that is registered, list by list, and what the fleet index says. `account`: every
 * certificate there is, in one list, which alone has those of no registered CA; AWS tells nothing of them but id, state and date.
 */
export const SWEEP_SCOPES = ['registered-cas', 'account'] as const;
export type SweepScope = (typeof SWEEP_SCOPES)[number];

/** `sweep`: none of AWS's doing; the sweep broke off. */
const PARTS = ['cas', 'ca', 'account', 'details', 'index', 'sweep'] as const;

/** What a sweep could not see, and why: AWS's error name or what our own failures are called. */
export type Unseen = {
  part: (typeof PARTS)[number];
  id: string | null;
  reason: string;
  message: string;
};

/** More of the same tell nothing new. */
const UNSEEN_MAX = 20;

/**
 * The steps, in their order: which CAs there are; their certificates, or those of the account, page by page; each certificate that
 * only AWS knows, and each that AWS lists no longer; the fleet index.
 */
const STEPS = ['cas', 'certificates', 'account', 'details', 'index', 'end'] as const;

const counts = z.object({
  /** CAs whose certificates were listed to the end. */
  cas: z.number(),
  casFound: z.number(),
  /** Certificates in the lists. */
  listed: z.number(),
  /** Of those the ones whose state differs from what the ledger had. */
  changed: z.number(),
  /** Read from AWS and added to the ledger. */
  added: z.number(),
  /** Not in AWS any more. */
  deleted: z.number(),
  /** Devices that the index knows as a thing of their common name. */
  indexed: z.number(),
  /** Calls that AWS refused because they came too fast, or did not answer. */
  throttled: z.number(),
  failed: z.number(),
});

const progress = z.object({
  /** Runs on record from before there were two had the first one. */
  scope: z.enum(SWEEP_SCOPES).default('registered-cas'),
  step: z.enum(STEPS),
  /** CAs whose certificates are still to be listed, the first one under way; in a sweep of the account: those that are registered. */
  caIds: z.array(z.string()),
  /** AWS's marker of the next page of the step; null: the first one. */
  marker: z.string().nullable(),
  /** When the list that is under way was begun, ISO 8601: who was seen before and not since is missing. */
  caStartedAt: z.string().nullable(),
  /** AWS refused the marker of that list once, so it was begun again. */
  isRestarted: z.boolean(),
  counts,
  unseen: z.array(
    z.object({
      part: z.enum(PARTS),
      id: z.string().nullable(),
      reason: z.string(),
      message: z.string(),
    }),
  ),
  unseenCount: z.number(),
  index: z.enum(['not-asked', 'off', 'building', 'read']),
  /** Set while it holds back because of this failure. */
  waiting: z.object({ reason: z.string(), untilIso: z.string() }).nullable(),
});

export type SweepProgress = z.output<typeof progress>;

export const firstProgress = (scope: SweepScope): SweepProgress => ({
  scope,
  step: 'cas',
  caIds: [],
  marker: null,
  caStartedAt: null,
  isRestarted: false,
  counts: {
    cas: 0,
    casFound: 0,
    listed: 0,
    changed: 0,
    added: 0,
    deleted: 0,
    indexed: 0,
    throttled: 0,
    failed: 0,
  },
  unseen: [],
  unseenCount: 0,
  index: 'not-asked',
  waiting: null,
});

/** The fleet index names devices by common name, which is for those of the account's own CAs. */
export const stepAfterDetails = ({ scope }: SweepProgress): SweepProgress['step'] =>
  scope === 'account' ? 'end' : 'index';

/** @throws Error for what no version of this console wrote */
export const readProgress = (stored: unknown): SweepProgress => progress.parse(stored);

/** Notes what could not be seen; of many the first ones, and how many there are. */
export const withUnseen = (progress: SweepProgress, ...more: readonly Unseen[]): SweepProgress => ({
  ...progress,
  unseen: [...progress.unseen, ...more].slice(0, UNSEEN_MAX),
  unseenCount: progress.unseenCount + more.length,
});
