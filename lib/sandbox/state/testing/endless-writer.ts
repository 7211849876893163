/**
 * A process that changes a state for ever, two rows and a link at a time, and tells its parent what has become durable:
 * something to kill. Compacts all the time.
 * @module
 */

import { openState } from '@/lib/sandbox/state/open-state';
import type { TableSource } from '@/lib/sandbox/state/region-state';

const KEYS = 40;
const COMPACT_AFTER = 60;
const WRITERS = 4;

type Written = { value: number };

/** Some steps delete; keys below this one stay for ever. */
export const FIRST_DELETED_KEY = 20;
const isDeleting = (step: number) => step % 7 === 6 && step % KEYS >= FIRST_DELETED_KEY;

async function writeForEver(directory: string): Promise<void> {
  const state = await openState(directory, '123456789012', { compactAfter: COMPACT_AFTER });
  const region = state.region('us-east-1');
  const left = region.family(WriterTables).left;
  const right = region.family(WriterTables).right;
  const links = region.family(WriterTables).links;
  // Values go up over all lives of the directory.
  let step = Math.max(0, ...[...left.values()].map(({ value }) => value)) + 1_000_000;
  const writer = async () => {
    for (;;) {
      step += 1;
      const value = step;
      const key = String(value % KEYS);
      if (isDeleting(value)) {
        left.delete(key);
        right.delete(key);
        links.unlink(key, 'all');
      } else {
        left.set(key, { value });
        right.set(key, { value });
        links.link(key, 'all', { value });
      }
      await state.durable();
      process.send?.({ key, value });
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

export class WriterTables {
  readonly left;
  readonly right;
  readonly links;

  constructor(source: TableSource) {
    this.left = source.table<Written>('left');
    this.right = source.table<Written>('right');
    this.links = source.relation<Written>('links');
  }
}

const directory = process.argv[2];
if (directory !== undefined && process.send) {
  writeForEver(directory).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
}
