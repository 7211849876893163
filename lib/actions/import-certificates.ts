/**
 * Importing certificates into the ledger: what it would do, and doing it.
 * @module
 */
import 'server-only';
import { z } from 'zod';
import { iotFor } from '@/lib/aws/iot-gateway';
import {
  COMMON_NAME_CHARACTERS_MAX,
  IMPORT_ROWS_MAX,
  IMPORTED_CERTIFICATE_CHARACTERS_MAX,
  IMPORTED_YEAR_MIN,
  SERIAL_DIGITS_MAX,
} from '@/lib/batch/import-bounds';
import type { ImportedRow, ImportOutcome } from '@/lib/batch/import-file';
import { environmentId } from '@/lib/config/environment-list';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { knownIds, type ReadRow, readImport, writeImport } from '@/lib/ledger/import';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { fail, ok, type Result } from '@/lib/result';
import type { ActionSpec } from './run-action';

/** The files' own bound in base64, and the words around it. */
export const IMPORT_BODY_BYTES_MAX = 24 * 1024 * 1024;

const certificateId = z.string().refine(isCertificateId, 'certificate-id');

/** PostgreSQL knows no year 0, and there were no certificates before X.509. */
const moment = z.iso.datetime().refine((text) => text >= IMPORTED_YEAR_MIN);

const row = z.union([
  z.strictObject({ certificate: z.base64().min(1).max(IMPORTED_CERTIFICATE_CHARACTERS_MAX) }),
  z.strictObject({
    certificateId,
    // PostgreSQL keeps no zero byte in a text (its manual, "Character Types").
    commonName: z
      .string()
      .min(1)
      .max(COMMON_NAME_CHARACTERS_MAX)
      .refine((name) => !name.includes('\0')),
    serial: z
      .string()
      .max(SERIAL_DIGITS_MAX)
      .regex(/^[0-9a-f]+$/),
    notBefore: moment,
    notAfter: moment,
  }),
]);

const input = z.strictObject({
  environment: environmentId,
  caId: certificateId,
  rows: z.array(row).min(1).max(IMPORT_ROWS_MAX),
});

/** Says of each row what an import would do with it, and does nothing. */
export const checkImport: ActionSpec<'device:read', typeof input, { outcomes: ImportOutcome[] }> = {
  name: 'ledger.check-import',
  permission: 'device:read',
  input,
  async run(given, { environment }) {
    const read = await readRows(environment, given);
    if (!read.ok) return read;
    const known = await knownIds(
      environment.id,
      read.value.flatMap((row) => row?.certificateId ?? []),
    );
    return ok({
      outcomes: read.value.map((row) =>
        row === undefined ? 'not-signed-by-ca' : known.has(row.certificateId) ? 'known' : 'new',
      ),
    });
  },
};

/** Adds certificates to the ledger, all or none; those that are there already stay as they are. */
export const importRows: ActionSpec<'ledger:import', typeof input, { added: number }> = {
  name: 'ledger.import',
  permission: 'ledger:import',
  input,
  resource: ({ caId }) => caId,
  async run(given, { environment, operator, audit }) {
    const read = await readRows(environment, given);
    if (!read.ok) return read;
    const rows = read.value.filter((row) => row !== undefined);
    if (rows.length < read.value.length) {
      const field = `rows.${read.value.indexOf(undefined)}`;
      return fail({ kind: 'invalid-input', fields: { [field]: [{ code: 'not-signed-by-ca' }] } });
    }
    const { caId } = given;
    const added = await writeImport({ environment: environment.id, caId, operator }, rows);
    audit.after({
      caId,
      certificates: rows.length,
      added,
      first: rows[0]?.certificateId,
      last: rows.at(-1)?.certificateId,
    });
    return ok({ added });
  },
};

/** The rows as the ledger would keep them, by the certificate of the CA that AWS has. */
async function readRows(
  environment: Environment,
  { caId, rows }: { caId: string; rows: readonly ImportedRow[] },
): Promise<Result<(ReadRow | undefined)[], Failure>> {
  const ca = await iotFor(environment).describeCaCertificate(caId);
  return ca.ok ? ok(await readImport(rows, ca.value.certificatePem)) : ca;
}
