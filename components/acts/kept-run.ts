/**
 * A run as the tab keeps it, so that a reload in the middle can go on: what waits, and what became of the rest. Ids and names only.
 * @module
 */
import { z } from 'zod';
import { ACT_SUBJECTS_MAX, ACTS } from '@/lib/registry/act';
import type { ActItem, ActRun } from './act-run';
import { approvalInput } from './approval-input';

const STATES = ['waiting', 'done', 'unchanged', 'failed'] as const;

const schema = z.strictObject({
  act: z.enum(ACTS),
  approval: approvalInput.optional(),
  items: z
    .array(z.tuple([z.string().min(1).max(128), z.string().max(256), z.enum(STATES)]))
    .min(1)
    .max(ACT_SUBJECTS_MAX),
});

export const printRun = ({ act, approval, items }: ActRun): string =>
  JSON.stringify({
    act,
    approval,
    items: items.map(({ subject, state }) => [subject.id, subject.name ?? '', state]),
  });

/** @returns undefined for what is no run, or one with nothing left to do */
export function parseRun(text: string): ActRun | undefined {
  const parsed = schema.safeParse(json(text));
  if (!parsed.success) return undefined;
  const items = parsed.data.items.map(
    ([id, name, state]): ActItem => ({
      subject: name === '' ? { id } : { id, name },
      // Why it failed is not kept, so it is asked again.
      state: state === 'failed' ? 'waiting' : state,
      steps: [],
      failure: undefined,
    }),
  );
  if (!items.some(({ state }) => state === 'waiting')) return undefined;
  const { act, approval } = parsed.data;
  if (act === 'approve' && approval === undefined) return undefined;
  return { act, approval, items, phase: 'interrupted', failure: undefined, activeMs: 0, settledCount: 0 };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
