/**
 * A batch as its pages show it.
 * @module
 */
import { z } from 'zod';

export type BatchState = 'open' | 'delivered' | 'given-up';

export const BATCH_TONES = { open: 'warning', delivered: 'positive', 'given-up': 'neutral' } as const;

/** The settings of a batch in its row, as far as anybody wrote them; older rows have fewer. */
const settingsInRow = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]).catch(''),
);

/** Their names as the row has them, and their values as text. */
export function settingsOf(stored: unknown): { name: string; value: string }[] {
  const parsed = settingsInRow.safeParse(stored);
  if (!parsed.success) return [];
  return Object.entries(parsed.data)
    .map(([name, value]) => ({ name, value: Array.isArray(value) ? value.join(', ') : String(value) }))
    .filter(({ value }) => value !== '');
}

export type FunnelCounts = {
  issued: number;
  delivered: number;
  contacted: number;
  active: number;
  notConfirmed: number;
};

export const FUNNEL_STAGES = ['issued', 'delivered', 'contacted', 'active'] as const;
