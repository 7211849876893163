import 'server-only';
import type { z } from 'zod';
import { type namesAnswer, namesQuestion } from '@/components/batch/batch-answers';
import { withFormer } from '@/lib/ledger/issued-again';
import { namesTaken, thingsTaken } from '@/lib/ledger/record-batch';

/**
 * @param again - the batch whose devices are issued again: those of them that are not confirmed do not count
 * @returns which of the names and things the ledger has; for a question that is none status 400, and nothing that reads as an answer
 */
export async function answerNames(
  environment: string,
  question: unknown,
  { again, now }: { again: string | undefined; now: Date },
): Promise<Response> {
  const parsed = namesQuestion.safeParse(question);
  if (!parsed.success) return Response.json({ refused: 'names' }, { status: 400 });
  const { names, things } = parsed.data;
  const reissued = again === undefined ? undefined : { batches: await withFormer(environment, again), now };
  const [taken, takenThings] = await Promise.all([
    namesTaken(environment, names, reissued),
    thingsTaken(environment, things, reissued),
  ]);
  const answer: z.output<typeof namesAnswer> = { taken, takenThings };
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
}
