import { postJson } from '@/lib/browser/post-json';
import { endedAnswer } from './batch-answers';

/** @returns those of these batches that were delivered or given up; undefined where the server does not say */
export async function askEnded(
  url: string,
  batches: readonly string[],
): Promise<readonly string[] | undefined> {
  const posted = await postJson(url, { batches });
  return typeof posted === 'string' ? undefined : endedAnswer.safeParse(posted.answer).data?.ended;
}
