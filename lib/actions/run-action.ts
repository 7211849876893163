/**
 * The steps of every mutation, in their order: permission, same origin, schema, permission in the place that the input names,
 * admission, audit of the intent, the act, audit of the outcome. No request is read here: what was asked and by whom comes as a parameter.
 * @module
 */
import 'server-only';
import { randomUUID } from 'node:crypto';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import { type AuditIntent, recordIntent, recordOutcome } from '@/lib/audit/record';
import {
  can,
  type Operator,
  type Permission,
  type PublicPermission,
  type Scope,
} from '@/lib/auth/permissions';
import { type Environment, findEnvironment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { describeError } from '@/lib/log/describe-error';
import { log } from '@/lib/log/log';
import { fail, ok, type Result } from '@/lib/result';
import { fieldFaults } from './field-faults';
import { mapAtMost } from './map-at-most';

/** Texts shorter than this occur everywhere by chance, so they are not hidden from the log of a crash. */
const HIDDEN_TEXT_MIN = 6;

/**
 * The first changes nothing but cookies of the browser that asks, and strangers may ask as often as they like; what asks for the
 * second reads.
 */
const UNAUDITED: ReadonlySet<Permission> = new Set<Permission>(['preferences:set', 'device:read']);

/** Who sent the request, and from where. */
export type ActionRequest = {
  operator(): Promise<Operator | undefined>;
  /** The Origin header is the console's own. */
  isSameOrigin: boolean;
  clientAddress: string | undefined;
};

export type ActionAudit = {
  /** The state before the act, as the audit log keeps it. Never a secret. */
  before(value: unknown): void;
  /** The state after the act. */
  after(value: unknown): void;
  /** AWS's request id. */
  requestId(id: string | undefined): void;
};

export type ActionContext<Permitted extends Permission, Input> = {
  operator: Permitted extends PublicPermission ? Operator | undefined : Operator;
  /** Of the input's `environment`; `undefined` for actions without one. */
  environment: Input extends { environment: string } ? Environment : undefined;
  now: Date;
  clientAddress: string | undefined;
  audit: ActionAudit;
};

export type ActionSpec<Permitted extends Permission, Schema extends z.ZodType, Value> = {
  /** Name in the audit log and the log: `ca.register`. */
  name: string;
  permission: Permitted;
  /** Environment-scoped actions have `environment: environmentId` in it. */
  input: Schema;
  /** Which resource the audit log names, such as the CA's id. */
  resource?(input: z.output<Schema>): string;
  /** Turns floods away before they reach the audit log, such as too many sign-ins. */
  admit?(
    input: z.output<Schema>,
    request: { operator: Operator | undefined; clientAddress: string | undefined; now: Date },
  ): Promise<Failure | undefined>;
  run(
    input: z.output<Schema>,
    context: ActionContext<Permitted, z.output<Schema>>,
  ): Promise<Result<Value, Failure>>;
};

/** An action on several resources at once, each audited as an act of its own under the action's name. */
export type EachActionSpec<Permitted extends Permission, Schema extends z.ZodType, Detail> = Omit<
  ActionSpec<Permitted, Schema, never>,
  'resource' | 'run'
> & {
  /** The resources that the input names, without repetition. The schema bounds how many there may be. */
  resources(input: z.output<Schema>): readonly string[];
  /** How many are acted on at a time. */
  concurrencyMax: number;
  runEach(
    resource: string,
    input: z.output<Schema>,
    context: ActionContext<Permitted, z.output<Schema>>,
  ): Promise<EachOutcome<Detail>>;
};

/** What became of one resource: `detail` is told whether or not it failed. */
export type EachOutcome<Detail> = { detail: Detail; result: Result<unknown, Failure> };

/** `detail` is undefined where a bug ended the act. */
export type EachAnswer<Detail> = {
  resource: string;
  detail: Detail | undefined;
  failure: Failure | undefined;
};

/** Runs one action for one request. A bug inside becomes `unexpected`, with a reference that the log knows. */
export function runAction<Permitted extends Permission, Schema extends z.ZodType, Value>(
  spec: ActionSpec<Permitted, Schema, Value>,
  input: unknown,
  request: ActionRequest,
): Promise<Result<Value, Failure>> {
  return admitted(spec, input, request, (parsed, known, intent) => {
    const act = (audit: ActionAudit) => spec.run(parsed, { ...known, audit });
    if (UNAUDITED.has(spec.permission)) return act(HEARS_NOTHING);
    return actAudited({ ...intent, resource: spec.resource?.(parsed) }, act);
  });
}

/** Runs one action for several resources. One that fails, even by a bug, stops none of the others. */
export function runEachAction<Permitted extends Permission, Schema extends z.ZodType, Detail>(
  spec: EachActionSpec<Permitted, Schema, Detail>,
  input: unknown,
  request: ActionRequest,
): Promise<Result<EachAnswer<Detail>[], Failure>> {
  return admitted(spec, input, request, async (parsed, known, intent) => {
    const runOne = async (resource: string): Promise<EachAnswer<Detail>> => {
      let detail: Detail | undefined;
      try {
        const result = await actAudited({ ...intent, resource }, async (audit) => {
          const outcome = await spec.runEach(resource, parsed, { ...known, audit });
          detail = outcome.detail;
          return outcome.result;
        });
        return { resource, detail, failure: result.ok ? undefined : result.failure };
      } catch (error) {
        const { failure } = unexpected(spec.name, error, input);
        return { resource, detail: undefined, failure };
      }
    };
    return ok(await mapAtMost(spec.resources(parsed), spec.concurrencyMax, runOne));
  });
}

/** What both kinds of actions have in common. */
type Spec<Permitted extends Permission, Schema extends z.ZodType> = Pick<
  ActionSpec<Permitted, Schema, never>,
  'name' | 'permission' | 'input' | 'admit'
>;

type Known<Permitted extends Permission, Input> = Omit<ActionContext<Permitted, Input>, 'audit'>;

async function admitted<Permitted extends Permission, Schema extends z.ZodType, Value>(
  spec: Spec<Permitted, Schema>,
  input: unknown,
  request: ActionRequest,
  perform: (
    parsed: z.output<Schema>,
    known: Known<Permitted, z.output<Schema>>,
    intent: Omit<AuditIntent, 'resource'>,
  ) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  try {
    return await runSteps(spec, input, request, perform);
  } catch (error) {
    // redirect() and notFound() work by throwing and are the framework's to catch.
    unstable_rethrow(error);
    return unexpected(spec.name, error, input);
  }
}

async function runSteps<Permitted extends Permission, Schema extends z.ZodType, Value>(
  spec: Spec<Permitted, Schema>,
  input: unknown,
  request: ActionRequest,
  perform: (
    parsed: z.output<Schema>,
    known: Known<Permitted, z.output<Schema>>,
    intent: Omit<AuditIntent, 'resource'>,
  ) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  const { name, permission } = spec;
  const { clientAddress } = request;
  const operator = await request.operator();
  const refuse = (failure: Failure): Result<never, Failure> => {
    const operatorId = operator?.id;
    log('warn', 'action.refused', { action: name, reason: failure.kind, operatorId, clientAddress });
    return fail(failure);
  };
  if (!can(operator, permission)) {
    return refuse(operator === undefined ? { kind: 'signed-out' } : { kind: 'forbidden', permission });
  }
  if (!request.isSameOrigin) return refuse({ kind: 'forbidden', permission });

  const parsed = spec.input.safeParse(input);
  if (!parsed.success) return fail({ kind: 'invalid-input', fields: fieldFaults(parsed.error) });
  const environmentId = environmentNamed(parsed.data);
  const environment = environmentId === undefined ? undefined : findEnvironment(environmentId);
  // Asked again, of the place: a permission may be held in some environments, or for some CAs, alone.
  if (!can(operator, permission, scopeIn(parsed.data))) return refuse({ kind: 'forbidden', permission });
  if (environmentId !== undefined && environment === undefined) {
    return fail({ kind: 'not-found', resource: 'environment', id: environmentId });
  }

  const now = new Date();
  const turnedAway = await spec.admit?.(parsed.data, { operator, clientAddress, now });
  if (turnedAway) return refuse(turnedAway);

  const intent = { actor: operator, clientAddress, environment: environment?.id, action: name, at: now };
  // Proven above: an operator is there unless everybody may, and the environment was found if the input names one.
  const known = { operator, environment, now, clientAddress } as Known<Permitted, z.output<Schema>>;
  return perform(parsed.data, known, intent);
}

const HEARS_NOTHING: ActionAudit = { before: () => {}, after: () => {}, requestId: () => {} };

async function actAudited<Value>(
  intent: AuditIntent,
  act: (audit: ActionAudit) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  const recorded = await recordIntent(intent);
  const noted: { before: unknown; after: unknown; requestId: string | undefined } = {
    before: undefined,
    after: undefined,
    requestId: undefined,
  };
  const outcome = (failure: { kind: string; detail: string | undefined } | undefined) =>
    recordOutcome(recorded, { ...noted, failure, at: new Date() });
  try {
    const result = await act({
      before: (value) => Object.assign(noted, { before: value }),
      after: (value) => Object.assign(noted, { after: value }),
      requestId: (id) => Object.assign(noted, { requestId: id }),
    });
    if (result.ok) {
      await outcome(undefined);
    } else {
      if (result.failure.kind === 'aws') noted.requestId ??= result.failure.requestId;
      await outcome({ kind: result.failure.kind, detail: detailOf(result.failure) });
    }
    return result;
  } catch (error) {
    if (isNavigation(error)) await outcome(undefined);
    else await outcome({ kind: 'unexpected', detail: undefined });
    throw error;
  }
}

/** redirect() ends an act that succeeded. */
function isNavigation(error: unknown): boolean {
  try {
    unstable_rethrow(error);
    return false;
  } catch {
    // It was thrown again: it is the framework's.
    return true;
  }
}

/** What the audit log adds to the failure's kind: AWS's error name, or our reason. */
function detailOf(failure: Failure): string | undefined {
  if (failure.kind === 'aws') return failure.name;
  return failure.kind === 'conflict' || failure.kind === 'aws-unreachable' ? failure.reason : undefined;
}

function unexpected(action: string, thrown: unknown, input: unknown): { ok: false; failure: Failure } {
  const reference = randomUUID();
  const error = thrown instanceof Error ? thrown : new Error('something that is no error was thrown');
  log('error', 'action.crashed', { action, reference, error: describeError(error, textsIn(input)) });
  return { ok: false, failure: { kind: 'unexpected', reference } };
}

/** Every text of the input, longest first, so that an error that quotes one is logged without it. */
function textsIn(input: unknown): string[] {
  const collect = (value: unknown): string[] => {
    if (typeof value === 'string') return value.length >= HIDDEN_TEXT_MIN ? [value] : [];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collect) : [];
  };
  return collect(input).sort((a, b) => b.length - a.length);
}

const environmentNamed = (input: unknown) => textNamed('environment', input);

/** Where the act takes place, as far as its input says. */
function scopeIn(input: unknown): Scope {
  const environment = environmentNamed(input);
  const caId = textNamed('caId', input);
  return { ...(environment !== undefined && { environment }), ...(caId !== undefined && { caId }) };
}

function textNamed(name: string, input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const value: unknown = Reflect.get(input, name);
  return typeof value === 'string' ? value : undefined;
}
