import { notFound } from 'next/navigation';
import { z } from 'zod';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import { notConfirmed } from '@/lib/ledger/funnel';
import { SUBJECT_ATTRIBUTES } from '@/lib/pki/subject';
import { printCsv } from '@/lib/registry/csv';

/** Read between two parts of the answer. */
const ROWS_AT_ONCE = 500;

const FIELDS = SUBJECT_ATTRIBUTES.map(({ field }) => field);

/** As issuing writes it; a row of another hand has its name alone. */
const subject = z.object({ fields: z.partialRecord(z.enum(FIELDS), z.string()) });

/** The devices of a batch that are not confirmed, as the table that “Issue many devices” reads. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/e/[environment]/devices/batches/[batch]/not-confirmed'>,
) {
  const { environment: environmentId, batch } = await params;
  await requirePermission('device:read', { environment: environmentId });
  const { id } = requireEnvironment(environmentId);
  if (!z.uuid().safeParse(batch).success) notFound();
  const now = new Date();
  async function* lines() {
    yield printCsv(FIELDS, []);
    let after: string | undefined;
    for (;;) {
      const rows = await notConfirmed(id, batch, { after, limit: ROWS_AT_ONCE, now });
      const [first, ...others] = rows.map(({ commonName, subject: stored }) => {
        const parsed = subject.safeParse(stored);
        const fields = parsed.success ? parsed.data.fields : { commonName };
        return FIELDS.map((field) => fields[field] ?? '');
      });
      if (first === undefined) return;
      yield printCsv(first, others);
      after = rows.at(-1)?.certificateId;
    }
  }
  const parts = lines();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = await parts.next();
      if (part.done) controller.close();
      else controller.enqueue(encoder.encode(part.value));
    },
    async cancel() {
      await parts.return();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="not-confirmed-${batch.slice(0, 8)}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
