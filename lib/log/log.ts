/**
 * The log: one line of JSON per event on standard error. Nothing is redacted here, because nothing secret is passed:
 * callers name the facts they log, and never log what a person typed.
 * @module
 */
import 'server-only';
import { describeError, type ErrorDescription } from './describe-error';

export type LogLevel = 'info' | 'warn' | 'error';
export type LogFields = Readonly<
  Record<string, string | number | boolean | null | undefined | Error | ErrorDescription>
>;

/**
 * Writes one event.
 *
 * @param event - what happened, in dotted words: `action.failed`
 */
export function log(level: LogLevel, event: string, fields: LogFields = {}): void {
  const entries = Object.entries(fields).map(([name, value]) => [
    name,
    value instanceof Error ? describeError(value) : value,
  ]);
  const line = { at: new Date().toISOString(), level, event, ...Object.fromEntries(entries) };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
