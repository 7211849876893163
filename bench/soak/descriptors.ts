import { readFileSync } from 'node:fs';

/** Open files that a process may have at most; Node takes all that the hard limit allows. Undefined where `/proc` does not tell. */
export function descriptorsMax(): number | undefined {
  try {
    const limit = /^Max open files\s+\S+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return limit === undefined ? undefined : Number(limit);
  } catch {
    return undefined; // no such file system
  }
}
