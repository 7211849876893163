export type LifePhase = 'not-yet' | 'running' | 'ending' | 'over';

export type Life = {
  phase: LifePhase;
  /** How much has passed, 0 to 1. */
  used: number;
  /** To the beginning (`not-yet`), to the end (`running`, `ending`), or since the end (`over`). */
  distanceMs: number;
};

/** The last fifth of a life counts as its ending. */
const ENDING_FROM = 0.8;

/** Where a moment stands in a span of time; the end itself is outside. */
export function lifeAt(fromMs: number, toMs: number, atMs: number): Life {
  if (atMs < fromMs) return { phase: 'not-yet', used: 0, distanceMs: fromMs - atMs };
  if (atMs >= toMs) return { phase: 'over', used: 1, distanceMs: atMs - toMs };
  const used = (atMs - fromMs) / (toMs - fromMs);
  return { phase: used >= ENDING_FROM ? 'ending' : 'running', used, distanceMs: toMs - atMs };
}
