/**
 * The ledger as files, page by page, so that no more than a page of it is ever held.
 * @module
 */
import 'server-only';
import type { Failure } from '@/lib/failure';
import { printCsvRow } from '@/lib/registry/csv';
import { fail, ok, type Result } from '@/lib/result';
import type { LedgerRow } from './ledger-row';
import type { LedgerFilter } from './search-filter';
import { searchLedger } from './search-pages';

/** A page is read in some tens of milliseconds; others have their turn between two of them. */
export const EXPORT_PAGE_ROWS = 500;

/** Who waits for a busy database waits for some time; a person downloads in the background. */
const ATTEMPTS_MAX = 5;

const COLUMNS = {
  common_name: ({ commonName }) => commonName,
  thing_name: ({ thingName }) => thingName,
  certificate_id: ({ certificateId }) => certificateId,
  serial: ({ serial }) => serial,
  ca_id: ({ caId }) => caId,
  not_before: ({ notBefore }) => notBefore.toISOString(),
  not_after: ({ notAfter }) => notAfter.toISOString(),
  batch: ({ batch }) => batch,
  operator: ({ operatorName }) => operatorName,
  origin: ({ origin }) => origin,
  delivery: ({ delivery }) => delivery,
  issued_at: ({ reservedAt }) => reservedAt.toISOString(),
  delivered_at: ({ deliveredAt }) => deliveredAt?.toISOString(),
  last_seen_state: ({ lastSeenState }) => lastSeenState,
  last_seen_at: ({ lastSeenAt }) => lastSeenAt?.toISOString(),
  last_seen_source: ({ lastSeenSource }) => lastSeenSource,
  registered_at: ({ registeredAt }) => registeredAt?.toISOString(),
  activated_at: ({ activatedAt }) => activatedAt?.toISOString(),
} as const satisfies Record<string, (row: LedgerRow) => string | undefined>;

type Format = { head: string; line: (row: LedgerRow) => string };

export const EXPORT_FORMATS = {
  csv: {
    // The mark at the beginning makes spreadsheets read UTF-8.
    head: `\u{FEFF}${printCsvRow(Object.keys(COLUMNS))}`,
    line: (row) => printCsvRow(Object.values(COLUMNS).map((cell) => cell(row) ?? '')),
  },
  jsonl: {
    head: '',
    line: (row) => {
      const cells = Object.entries(COLUMNS).map(([name, cell]) => [name, cell(row) ?? null]);
      return `${JSON.stringify({ ...Object.fromEntries(cells), subject: row.subject })}\n`;
    },
  },
} as const satisfies Record<string, Format>;

export type ExportPart = { text: string; rows: number };

/** The parts of the file in their order. The last one is a failure where the ledger could not be read to its end. */
export async function* exportLedger(
  environment: string,
  filter: LedgerFilter,
  { head, line }: Format,
  now: Date,
): AsyncGenerator<Result<ExportPart, Failure>> {
  let cursor: string | undefined;
  let begin = head;
  do {
    const page = await readPage(environment, filter, cursor, now);
    if (!page.ok) {
      yield page;
      return;
    }
    const { rows, next } = page.value;
    yield ok({ text: begin + rows.map(line).join(''), rows: rows.length });
    begin = '';
    cursor = next;
  } while (cursor !== undefined);
}

async function readPage(
  environment: string,
  filter: LedgerFilter,
  cursor: string | undefined,
  now: Date,
): ReturnType<typeof searchLedger> {
  for (let attempt = 1; attempt < ATTEMPTS_MAX; attempt += 1) {
    const page = await searchLedger(environment, { filter, cursor, pageSize: EXPORT_PAGE_ROWS, now });
    // The first page answers the person; the others have begun a file that would be lost.
    if (page.ok || cursor === undefined) return page;
  }
  return fail({ kind: 'statement-timeout' });
}
