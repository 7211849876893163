import type { IncomingHttpHeaders } from 'node:http';
import { NormalizedSchema } from '@smithy/core/schema';
import { ApiError } from '@/lib/sandbox/api-error';
import { admitCall } from '@/lib/sandbox/call-admission/admit-call';
import type { Operation, Operations } from '@/lib/sandbox/operations/operation';
import type { Scope } from '@/lib/sandbox/scope';
import type { Answer } from './answer';
import { memberReaders, readMembers } from './compile-reader';
import { compileWriter } from './compile-writer';
import { parseJsonBody } from './parse-json-body';

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];
type RpcOperation = { run: Operation; read(body: Buffer): object; write(output: object): unknown };

/** The protocol answers 400 to what the caller has done wrong, whatever it is. */
const STATUSES = new Map([
  ['NotImplementedException', 501],
  ['InternalFailureException', 500],
]);

/** A service of the AWS JSON protocol: the header `X-Amz-Target` names the operation, bodies are JSON. */
export class JsonRpcService {
  /** The names of those that are built. */
  readonly built: ReadonlySet<string>;
  /** By name; undefined: in the model, not built. */
  readonly #operations = new Map<string, RpcOperation | undefined>();

  /** @param client - the SDK's module, whose operation schemas are the model */
  constructor(client: Readonly<Record<string, unknown>>, operations: Operations) {
    this.built = new Set(Object.keys(operations));
    for (const value of Object.values(client)) {
      if (!Array.isArray(value) || value[0] !== 9) continue;
      const [, , name, , input, output]: unknown[] = value;
      if (typeof name !== 'string') continue;
      const run = operations[name];
      this.#operations.set(name, run && compile(run, input as SchemaRef, output as SchemaRef));
    }
  }

  /** The names of every operation of the model. */
  get names(): ReadonlySet<string> {
    return new Set(this.#operations.keys());
  }

  /** Every refusal is an answer in the protocol's form. */
  async answer(
    scope: Scope,
    { headers, body }: { headers: IncomingHttpHeaders; body: Buffer },
  ): Promise<Answer> {
    const target = headers['x-amz-target']?.toString() ?? '';
    try {
      const name = target.slice(target.lastIndexOf('.') + 1);
      const { run, read, write } = this.#built(name);
      await admitCall(scope, name);
      // The reader read this input by the very schema that the operation's input type was generated from.
      return json(200, write(await run(scope, read(body) as never)));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return json(STATUSES.get(error.code) ?? 400, { __type: error.code, message: error.message });
    }
  }

  #built(name: string): RpcOperation {
    const operation = this.#operations.get(name);
    if (operation) return operation;
    throw this.#operations.has(name)
      ? new ApiError('NotImplementedException', `The sandbox does not implement ${name}`)
      : new ApiError('UnknownOperationException', `There is no operation ${name.slice(0, 64)}`);
  }
}

/** The two last places of an operation's schema are schema references, by the SDK's own definition of that tuple. */
function compile(run: Operation, input: SchemaRef, output: SchemaRef): RpcOperation {
  const readers = memberReaders(NormalizedSchema.of(input));
  const write = compileWriter(NormalizedSchema.of(output));
  return { run, read: (body) => readMembers(readers, parseJsonBody(body), ''), write };
}

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(value),
});
