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

/** Those that have a word; others are of a newer version of the console. */
const NAMED = [
  'keyOrigin',
  'algorithm',
  'validityDays',
  'formats',
  'pkcs12Mac',
  'layout',
  'passphraseRule',
] as const;

/** The settings that have a word and any effect, in the order of the form, with their values as text. */
export function settingsOf(stored: unknown): { name: (typeof NAMED)[number]; value: string }[] {
  const parsed = settingsInRow.safeParse(stored);
  if (!parsed.success) return [];
  return NAMED.filter((name) => hasEffect(name, parsed.data))
    .map((name) => {
      const value = parsed.data[name] ?? '';
      return { name, value: Array.isArray(value) ? value.join(', ') : String(value) };
    })
    .filter(({ value }) => value !== '');
}

/** A form has every choice, also of what the batch has none of: keys that devices brought, or another format than PKCS #12. */
function hasEffect(
  name: (typeof NAMED)[number],
  { keyOrigin, formats }: z.output<typeof settingsInRow>,
): boolean {
  if (name === 'algorithm') return keyOrigin !== 'device';
  if (name === 'pkcs12Mac') return !Array.isArray(formats) || formats.includes('pkcs12');
  return true;
}

export type FunnelCounts = {
  issued: number;
  delivered: number;
  contacted: number;
  active: number;
  notConfirmed: number;
};

export const FUNNEL_STAGES = ['issued', 'delivered', 'contacted', 'active'] as const;
