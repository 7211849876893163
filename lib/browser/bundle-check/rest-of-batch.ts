/**
 * What a batch has beside its devices: the table, what all devices share, and what is none of either.
 * @module
 */
import { MANIFEST_CSV_HEADER, MANIFEST_CSV_NAME, MANIFEST_NAME } from '@/lib/browser/batch/batch-manifest';
import {
  CA_ROOT_NAME,
  ENDPOINT_NAME,
  PASSPHRASES_NAME,
  README_NAME,
  SERVER_ROOT_NAME,
} from '@/lib/browser/batch/batch-output';
import type { CheckedRest } from './bundle-check.protocol';
import type { BundleFiles } from './bundle-files';
import { TableCheck } from './table-check';

const UNLISTED_SHOWN_MAX = 50;

type Whole = { files: BundleFiles; root: string; table: TableCheck | undefined };

/** Ends the comparison of the table. */
export async function restOf({ files, root, table }: Whole): Promise<CheckedRest> {
  for (const name of COMMON_NAMES) files.take(`${root}${name}`);
  const rest: CheckedRest = { unlisted: [], unlistedCount: 0, isTableEqual: undefined };
  for (const name of files.untaken()) {
    rest.unlistedCount += 1;
    if (rest.unlisted.length < UNLISTED_SHOWN_MAX) rest.unlisted.push(name);
  }
  return { ...rest, isTableEqual: await table?.end() };
}

/** @returns undefined where the batch has no table */
export async function startTable(files: BundleFiles, root: string): Promise<TableCheck | undefined> {
  const stream = await files.stream(`${root}${MANIFEST_CSV_NAME}`);
  const table = stream && new TableCheck(stream);
  await table?.expect(new TextEncoder().encode(MANIFEST_CSV_HEADER));
  return table;
}

/** What all devices of a batch share. */
const COMMON_NAMES = [
  MANIFEST_NAME,
  MANIFEST_CSV_NAME,
  SERVER_ROOT_NAME,
  CA_ROOT_NAME,
  ENDPOINT_NAME,
  README_NAME,
  PASSPHRASES_NAME,
];
