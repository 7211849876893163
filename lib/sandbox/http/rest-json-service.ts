import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '@/lib/sandbox/api-error';
import { admitCall } from '@/lib/sandbox/call-admission/admit-call';
import type { Operation, Operations } from '@/lib/sandbox/operations/operation';
import type { Scope } from '@/lib/sandbox/scope';
import type { Answer } from './answer';
import { statusOfError } from './error-status';
import { compileOperation, type OperationCodec, type OperationSchema } from './operation-codec';
import { type Match, RouteTable } from './route-table';

export type RestRequest = {
  method: string;
  /** Raw, without query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

type Route = {
  schema: OperationSchema;
  /** Undefined: in the model, not built. */
  built: { run: Operation; codec: OperationCodec } | undefined;
};

/** A rest-json service whose routes, bindings and shapes come from the SDK's operation schemas. */
export class RestJsonService {
  /** Every operation of the model. */
  readonly names: ReadonlySet<string>;
  /** Those that are built. */
  readonly built: ReadonlySet<string>;
  readonly #tables = new Map<string, RouteTable<Route>>();
  readonly #statusOf: (errorCode: string) => number;

  /** @param statusOf - HTTP statuses of error names, where they are this service's own */
  constructor(schemas: readonly OperationSchema[], operations: Operations, statusOf = statusOfError) {
    this.names = new Set(schemas.map(({ name }) => name));
    this.built = new Set(Object.keys(operations));
    this.#statusOf = statusOf;
    for (const schema of schemas) {
      const run = operations[schema.name];
      const table = this.#tables.get(schema.method) ?? new RouteTable<Route>();
      table.add(schema.path, { schema, built: run && { run, codec: compileOperation(schema) } });
      this.#tables.set(schema.method, table);
    }
  }

  find(method: string, path: string): Match<Route> | undefined {
    return this.#tables.get(method)?.find(path);
  }

  /** Errors of AWS become answers. */
  async answer(scope: Scope, request: RestRequest): Promise<Answer> {
    try {
      return await this.#answer(scope, request);
    } catch (error) {
      if (error instanceof ApiError) return errorAnswer(error, this.#statusOf);
      throw error;
    }
  }

  async #answer(scope: Scope, request: RestRequest): Promise<Answer> {
    const match = this.find(request.method, request.path);
    if (!match) {
      throw new ApiError('UnknownOperationException', `No operation at ${request.method} ${request.path}`);
    }
    const { schema, built } = match.route;
    if (!built) {
      throw new ApiError('NotImplementedException', `The sandbox does not implement ${schema.name}`);
    }
    // Most calls wait for nothing, and every wait is another turn of the queue.
    const admission = admitCall(scope, schema.name);
    if (admission !== undefined) await admission;
    const { query, headers, body } = request;
    const input = built.codec.read({ labels: match.labels, query, headers, body });
    // The codec read this input by the very schema that the operation's input type was generated from.
    const result = built.run(scope, input as never);
    const output = result instanceof Promise ? await result : result;
    return {
      status: schema.status,
      headers: { 'content-type': 'application/json' },
      body: built.codec.write(output),
    };
  }
}

/** The wire form of an error that all AWS SDKs read. */
export function errorAnswer(error: ApiError, statusOf = statusOfError): Answer {
  return {
    status: statusOf(error.code),
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    body: JSON.stringify({ message: error.message, ...error.extra }),
  };
}
