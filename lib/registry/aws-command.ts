/**
 * An AWS CLI command as data, and its text for a POSIX shell.
 * @module
 */
import { shellQuote } from '@/lib/shell-quote';

/** Where the command goes; an environment is one. An undefined endpoint is AWS's own. */
export type CliTarget = {
  region: string;
  endpoints: Readonly<Record<'iot' | 'iam', string | undefined>> & { readonly lambda?: string | undefined };
};

export type AwsCommand = {
  service: 'iot' | 'iam' | 'lambda';
  /** As the CLI names it, e.g. `update-certificate`. */
  operation: string;
  /** In order; `true` prints a switch without a value, undefined prints nothing. */
  options: ReadonlyArray<readonly [name: string, value: string | true | undefined]>;
};

/** The command's text, one option a line, ready to paste into a POSIX shell. */
export function printAwsCommand({ service, operation, options }: AwsCommand, target: CliTarget): string {
  const everywhere = [
    ['region', target.region],
    ['endpoint-url', target.endpoints[service]],
  ] as const;
  const lines = [...options, ...everywhere].flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [value === true ? `--${name}` : `--${name} ${shellQuote(value)}`];
  });
  return [`aws ${service} ${operation}`, ...lines].join(' \\\n  ');
}
