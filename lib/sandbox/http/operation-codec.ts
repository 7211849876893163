import type { IncomingHttpHeaders } from 'node:http';
import { NormalizedSchema } from '@smithy/core/schema';
import { invalidRequest } from '@/lib/sandbox/api-error';
import { compileReader, memberReaders, type Reader, readMembers, requiredMembers } from './compile-reader';
import { compileTextWriter } from './compile-writer';
import { constraintOf } from './constraints';
import { parseJsonBody } from './parse-json-body';
import { violation } from './violation';

/** An operation as `@aws-sdk/client-*` exports it: `[9, namespace, name, {http: [method, path, status]}, input, output]`. */
export type OperationSchema = {
  name: string;
  method: string;
  path: string;
  status: number;
  input: NormalizedSchema;
  output: NormalizedSchema;
};

export type RequestParts = {
  /** Raw, still percent-encoded. */
  labels: ReadonlyMap<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

export type OperationCodec = {
  /** @throws ApiError InvalidRequestException */
  read(parts: RequestParts): object;
  write(output: object): string | Buffer;
};

type Binding = (parts: RequestParts) => unknown;
type BoundMember = { name: string; required: boolean; bind: Binding; read: Reader };

/** The reader and writer of one operation, compiled from its schema. */
export function compileOperation({ input, output }: OperationSchema): OperationCodec {
  const { bound, body } = input.isStructSchema() ? bindMembers(input) : { bound: [], body: [] };
  const write = bodyWriter(output);
  return {
    read(parts) {
      const values: Record<string, unknown> = {};
      for (const { name, required, bind, read } of bound) {
        const raw = bind(parts);
        if (raw !== undefined) values[name] = read(raw, name);
        else if (required) throw violation(name, { value: null, rule: 'Member must not be null' });
      }
      return body.length > 0 ? { ...values, ...readMembers(body, parseJsonBody(parts.body), '') } : values;
    },
    write,
  };
}

/** The body is JSON of the members, or the one member that is the body itself: text, wherever that is built. */
function bodyWriter(output: NormalizedSchema): OperationCodec['write'] {
  if (!output.isStructSchema()) return () => '{}';
  for (const [name, member] of output.structIterator()) {
    if (!member.getMergedTraits().httpPayload) continue;
    return (value) => textOf(new Map<string, unknown>(Object.entries(value)).get(name));
  }
  return compileTextWriter(output);
}

const textOf = (body: unknown) => (body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : '');

function bindMembers(input: NormalizedSchema) {
  const required = requiredMembers(input);
  const structure = input.getName() ?? '';
  const bound: BoundMember[] = [];
  for (const [name, member] of input.structIterator()) {
    const bind = bindingOf(name, member);
    if (!bind) continue;
    const blob = member.isBlobSchema();
    const read = blob ? (value: unknown) => value : fromText(member, structure);
    bound.push({ name, required: required.has(name) || isLabel(member), bind, read });
  }
  const names = new Set(bound.map(({ name }) => name));
  return { bound, body: memberReaders(input).filter(({ name }) => !names.has(name)) };
}

const isLabel = (member: NormalizedSchema) => Boolean(member.getMergedTraits().httpLabel);

/** Where a member comes from when it is not in the JSON body. */
function bindingOf(name: string, member: NormalizedSchema): Binding | undefined {
  const { httpLabel, httpQuery, httpHeader, httpPayload } = member.getMergedTraits();
  if (httpLabel) return ({ labels }) => decodeSegment(labels.get(name) ?? '');
  if (typeof httpQuery === 'string') return ({ query }) => onlyOne(query, httpQuery);
  if (typeof httpHeader === 'string') return ({ headers }) => headers[httpHeader.toLowerCase()]?.toString();
  if (httpPayload && member.isStructSchema()) return ({ body }) => Object.fromEntries(parseJsonBody(body));
  if (httpPayload) return ({ body }) => new Uint8Array(body);
  return undefined;
}

/** No member of the query that is built is a list: two values are a mistake, or somebody's trick. */
function onlyOne(query: URLSearchParams, name: string): string | undefined {
  if (query.size === 0) return undefined;
  const [value, ...more] = query.getAll(name);
  if (more.length > 0) throw invalidRequest(`The query parameter ${name} is given more than once`);
  return value;
}

/** Labels, query and headers carry text; numbers and booleans are written as JSON writes them. */
function fromText(member: NormalizedSchema, structure: string): Reader {
  const read = compileReader(member, constraintOf(structure, member.getMemberName()));
  if (member.isNumericSchema()) {
    return (text, path) => read(/^-?\d{1,15}$/.test(String(text)) ? Number(text) : text, path);
  }
  if (member.isBooleanSchema()) {
    return (text, path) => read(text === 'true' ? true : text === 'false' ? false : text, path);
  }
  return read;
}

export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalidRequest('The path is not percent-encoded UTF-8');
  }
}

export function operationSchemas(client: Readonly<Record<string, unknown>>): OperationSchema[] {
  return Object.values(client).flatMap((value) => operationSchema(value) ?? []);
}

/** The names of all operations that a client knows. */
export function operationNames(client: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const names = Object.values(client).map((value): unknown =>
    Array.isArray(value) && value[0] === 9 ? value[2] : undefined,
  );
  return new Set(names.filter((name) => typeof name === 'string'));
}

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

function operationSchema(value: unknown): OperationSchema | undefined {
  if (!Array.isArray(value) || value[0] !== 9) return undefined;
  const [, , name, traits, input, output]: unknown[] = value;
  if (typeof traits !== 'object' || traits === null || !('http' in traits)) return undefined;
  const [method, path, status]: unknown[] = Array.isArray(traits.http) ? traits.http : [];
  if (typeof name !== 'string' || typeof method !== 'string' || typeof path !== 'string') return undefined;
  return {
    name,
    method,
    path,
    status: typeof status === 'number' ? status : 200,
    // The two last places of an operation's schema are schema references, by the SDK's own definition of that tuple.
    input: NormalizedSchema.of(input as SchemaRef),
    output: NormalizedSchema.of(output as SchemaRef),
  };
}
