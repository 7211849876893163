/**
 * Where a page of batches begins, in an address: the time and the id of a batch.
 * @module
 */
import { z } from 'zod';

const position = z.tuple([
  z.iso
    .datetime()
    // PostgreSQL knows no year 0; no batch is older than the console.
    .refine((text) => text >= '2000')
    .transform((text) => new Date(text)),
  z.uuid(),
]);

/** @returns undefined for what is none: the page is the first then */
export function parsePosition(
  token: string | string[] | undefined,
): { createdAt: Date; id: string } | undefined {
  const parsed = position.safeParse(typeof token === 'string' ? token.split('_') : undefined);
  return parsed.success ? { createdAt: parsed.data[0], id: parsed.data[1] } : undefined;
}

/** @param createdAt - a date, or ISO 8601 */
export const printPosition = ({ createdAt, id }: { createdAt: Date | string; id: string }): string =>
  `${typeof createdAt === 'string' ? createdAt : createdAt.toISOString()}_${id}`;
