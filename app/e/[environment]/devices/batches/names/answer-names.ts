import 'server-only';
import type { z } from 'zod';
import { type namesAnswer, namesQuestion } from '@/components/batch/batch-answers';
import { namesTaken, thingsTaken } from '@/lib/ledger/record-batch';

/** @returns which of the names and things the ledger has; for a question that is none status 400, and nothing that reads as an answer */
export async function answerNames(environment: string, question: unknown): Promise<Response> {
  const parsed = namesQuestion.safeParse(question);
  if (!parsed.success) return Response.json({ refused: 'names' }, { status: 400 });
  const { names, things } = parsed.data;
  const [taken, takenThings] = await Promise.all([
    namesTaken(environment, names),
    thingsTaken(environment, things),
  ]);
  const answer: z.output<typeof namesAnswer> = { taken, takenThings };
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
}
