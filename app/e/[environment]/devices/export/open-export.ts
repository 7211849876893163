import 'server-only';
import type { ExportFormat } from '@/components/device/devices-query';
import { recordIntent, recordOutcome } from '@/lib/audit/record';
import type { Operator } from '@/lib/auth/permissions';
import type { Failure } from '@/lib/failure';
import { EXPORT_FORMATS, type ExportPart, exportLedger } from '@/lib/ledger/export';
import type { LedgerFilter } from '@/lib/ledger/search-filter';
import { describeError } from '@/lib/log/describe-error';
import { log } from '@/lib/log/log';
import { ok, type Result } from '@/lib/result';

type Asked = {
  format: ExportFormat;
  operator: Operator;
  clientAddress: string | undefined;
  now: Date;
};

/**
 * The file as a stream that reads on only when its reader takes more. Who asked for what stands in the audit log before the first byte
 * leaves, how many rows left after the last: also when the reader goes away.
 */
export async function openExport(
  environment: string,
  filter: LedgerFilter,
  { format, operator, clientAddress, now }: Asked,
): Promise<Result<ReadableStream<Uint8Array>, Failure>> {
  const parts = exportLedger(environment, filter, EXPORT_FORMATS[format], now);
  const first = await parts.next();
  const begun: Result<ExportPart, Failure> = first.done ? ok({ text: '', rows: 0 }) : first.value;
  if (!begun.ok) return begun;

  const act = await recordIntent({
    actor: { id: operator.id, name: operator.name, role: operator.role },
    clientAddress,
    environment,
    action: 'ledger.export',
    resource: format,
    at: now,
  });
  let rows = 0;
  let part: ExportPart | undefined = begun.value;
  const encoder = new TextEncoder();
  const end = (failure: string | undefined) =>
    recordOutcome(act, {
      failure: failure === undefined ? undefined : { kind: failure, detail: undefined },
      before: undefined,
      after: { filter, rows },
      requestId: undefined,
      at: new Date(),
    }).catch((error) => log('error', 'ledger.export-not-noted', { error: describeError(error) }));

  return ok(
    new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          if (part === undefined) {
            const { done, value } = await parts.next();
            if (done) {
              await end(undefined);
              controller.close();
              return;
            }
            if (!value.ok) {
              await end(value.failure.kind);
              // The download breaks off, so that nobody takes half of the ledger for the whole.
              controller.error(new Error('the ledger could not be read to its end'));
              return;
            }
            part = value.value;
          }
          rows += part.rows;
          controller.enqueue(encoder.encode(part.text));
          part = undefined;
        },
        async cancel() {
          await parts.return(undefined);
          await end('cancelled');
        },
      },
      // Nothing is read ahead of the reader.
      { highWaterMark: 0 },
    ),
  );
}
