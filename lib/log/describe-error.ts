import 'server-only';

/** Deeper chains of causes are repetition. */
const CAUSES_MAX = 4;

export type ErrorDescription = {
  name: string;
  message: string;
  stack: string | undefined;
  cause?: ErrorDescription;
};

/**
 * An error as the log keeps it.
 *
 * Drizzle puts the parameters of a failed query (tokens and hashes among them) into its message, so of such an error only the cause
 * is told: PostgreSQL's own, which names columns and constraints.
 *
 * @param secrets - texts that must not be in the log, wherever the error quotes them
 */
export function describeError(error: Error, secrets: readonly string[] = [], depth = 0): ErrorDescription {
  const quotesParameters = 'query' in error && 'params' in error;
  const hide = (text: string) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '[input]'), text);
  const cause =
    error.cause instanceof Error && depth < CAUSES_MAX
      ? describeError(error.cause, secrets, depth + 1)
      : undefined;
  return {
    name: error.name,
    message: quotesParameters ? 'database query failed' : hide(error.message),
    stack: quotesParameters ? undefined : error.stack && hide(error.stack),
    ...(cause && { cause }),
  };
}
