import { it } from 'vitest';

/** How a behaviour is known: seen on AWS by somebody who published it; said by AWS; or our own choice, said by neither. */
export type Provenance = {
  known: 'measured' | 'documented' | 'assumed';
  /** Page, model or report; empty for what is assumed. */
  source: string;
};

/**
 * A test that pins one behaviour of AWS. The fidelity page lists these, read from the source of the tests, so the first two
 * arguments are literals: the behaviour in one sentence, and how it is known.
 */
export function behaviour(what: string, { known }: Provenance, run: () => void | Promise<void>): void {
  it(`${what} (${known})`, run);
}
