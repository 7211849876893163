import 'server-only';
import { z } from 'zod';
import { RESERVED_AT_ONCE_MAX } from '@/components/batch/batch-answers';
import type { ActionSpec } from '@/lib/actions/run-action';
import { readBatchCa } from '@/lib/aws/batch-ca';
import { KEY_ORIGINS } from '@/lib/batch/batch-settings';
import { environmentId } from '@/lib/config/environment-list';
import { readBatchCertificates } from '@/lib/ledger/batch-certificates';
import { findBatch } from '@/lib/ledger/batches';
import { batchTerms, isWithinTerms, termsFacts } from '@/lib/ledger/profile-terms';
import { reserveAll } from '@/lib/ledger/record-batch';
import { fail, ok } from '@/lib/result';

/** RSA 4096 with a long subject stays below 4 KB of base64. */
const CERTIFICATE_CHARACTERS_MAX = 8192;
export const RESERVE_BYTES_MAX = RESERVED_AT_ONCE_MAX * CERTIFICATE_CHARACTERS_MAX;

const input = z.strictObject({
  environment: environmentId,
  batch: z.uuid(),
  certificates: z.array(z.base64().max(CERTIFICATE_CHARACTERS_MAX)).min(1).max(RESERVED_AT_ONCE_MAX),
});

/** Makes the rows of some devices of a batch durable, before any byte of their bundles leaves the page. */
export const reserveBatch: ActionSpec<'device:issue', typeof input, { reserved: number }> = {
  name: 'batch.reserve',
  permission: 'device:issue',
  input,
  resource: ({ batch }) => batch,
  async run({ batch: id, certificates }, { environment, operator, now, audit }) {
    const batch = await findBatch(environment.id, id);
    if (batch === undefined || batch.operatorId !== operator.id || batch.state !== 'open') {
      return fail({ kind: 'conflict', reason: 'batch-ended' });
    }
    const described = await readBatchCa(environment, batch.caId);
    if (!described.ok) return described;
    if (described.value.status !== 'ACTIVE') return fail({ kind: 'conflict', reason: 'ca-inactive' });

    const read = readBatchCertificates(certificates, described.value.certificatePem);
    const facts = read.filter((certificate) => certificate !== undefined);
    if (facts.length < read.length) {
      const field = `certificates.${read.indexOf(undefined)}`;
      return fail({ kind: 'invalid-input', fields: { [field]: [{ code: 'not-signed-by-ca' }] } });
    }
    const { keyOrigin, terms } = settingsOf(batch.settings);
    if (
      terms !== undefined &&
      !certificates.every((each) => isWithinTerms(terms, termsFacts(Buffer.from(each, 'base64'))))
    ) {
      return fail({ kind: 'conflict', reason: 'profile-exceeded' });
    }
    const common = {
      environment: environment.id,
      caId: batch.caId,
      batch: batch.id,
      operatorId: operator.id,
      operatorName: operator.name,
    };
    const reserved = await reserveAll(
      facts.map((certificate) => ({
        ...certificate,
        subject: { ...certificate.subject, keyOrigin },
        ...common,
      })),
      now,
    );
    if (!reserved.ok) return reserved;
    audit.after({
      devices: facts.length,
      first: facts[0]?.certificateId,
      last: facts.at(-1)?.certificateId,
    });
    return ok({ reserved: facts.length });
  },
};

const settingsInRow = z.object({ keyOrigin: z.enum(KEY_ORIGINS), terms: batchTerms.optional() });

/** Rows of an older console have no origin: it made all keys itself. */
function settingsOf(settings: unknown): z.output<typeof settingsInRow> {
  const read = settingsInRow.safeParse(settings);
  return read.success ? read.data : { keyOrigin: 'console' };
}
