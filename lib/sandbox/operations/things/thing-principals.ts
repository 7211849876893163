import type {
  AttachThingPrincipalRequest,
  AttachThingPrincipalResponse,
  DetachThingPrincipalRequest,
  DetachThingPrincipalResponse,
  ListPrincipalThingsRequest,
  ListPrincipalThingsResponse,
  ListPrincipalThingsV2Request,
  ListPrincipalThingsV2Response,
  ListThingPrincipalsRequest,
  ListThingPrincipalsResponse,
  ListThingPrincipalsV2Request,
  ListThingPrincipalsV2Response,
} from '@aws-sdk/client-iot';
import { invalidRequest, notFound, required } from '@/lib/sandbox/api-error';
import { type Page, pageOf } from '@/lib/sandbox/operations/page';
import { requireCertificateByArn } from '@/lib/sandbox/operations/principal';
import type { Scope } from '@/lib/sandbox/scope';
import type { ThingPrincipalRecord } from '@/lib/sandbox/state/records';
import { requireThing } from './require-thing';

/** Attaching what is attached already succeeds, unless it would change how it is attached. */
export function attachThingPrincipal(
  scope: Scope,
  input: AttachThingPrincipalRequest,
): AttachThingPrincipalResponse {
  const { thingName } = requireThing(scope, required(input.thingName, 'thingName'));
  const principal = required(input.principal, 'principal');
  requireCertificateByArn(scope, principal);
  const type = input.thingPrincipalType ?? 'NON_EXCLUSIVE_THING';
  const attached = scope.region.thingPrincipals.leftsOf(principal);
  if (attached.get(thingName)?.type === type) return {};
  const exclusiveElsewhere = [...attached.values()].some((other) => other.type === 'EXCLUSIVE_THING');
  if (exclusiveElsewhere || (type === 'EXCLUSIVE_THING' && attached.size > 0)) {
    throw invalidRequest(
      `The principal ${principal} is attached to another thing, or in another way, and cannot be attached as ${type}`,
    );
  }
  scope.region.thingPrincipals.link(thingName, principal, { type });
  return {};
}

/** What is not attached is detached already. */
export function detachThingPrincipal(
  scope: Scope,
  input: DetachThingPrincipalRequest,
): DetachThingPrincipalResponse {
  const { thingName } = requireThing(scope, required(input.thingName, 'thingName'));
  scope.region.thingPrincipals.unlink(thingName, required(input.principal, 'principal'));
  return {};
}

export function listThingPrincipals(
  scope: Scope,
  input: ListThingPrincipalsRequest,
): ListThingPrincipalsResponse {
  const { items, next } = principalsPage(scope, 'ListThingPrincipals', input);
  return { principals: items.map(([principal]) => principal), nextToken: next };
}

export function listThingPrincipalsV2(
  scope: Scope,
  input: ListThingPrincipalsV2Request,
): ListThingPrincipalsV2Response {
  const { items, next } = principalsPage(scope, 'ListThingPrincipalsV2', input);
  return {
    thingPrincipalObjects: items.map(([principal, { type }]) => ({ principal, thingPrincipalType: type })),
    nextToken: next,
  };
}

export function listPrincipalThings(
  scope: Scope,
  input: ListPrincipalThingsRequest,
): ListPrincipalThingsResponse {
  const { items, next } = thingsPage(scope, 'ListPrincipalThings', input);
  return { things: items.map(([thingName]) => thingName), nextToken: next };
}

export function listPrincipalThingsV2(
  scope: Scope,
  input: ListPrincipalThingsV2Request,
): ListPrincipalThingsV2Response {
  const { items, next } = thingsPage(scope, 'ListPrincipalThingsV2', input);
  return {
    principalThingObjects: items.map(([thingName, { type }]) => ({ thingName, thingPrincipalType: type })),
    nextToken: next,
  };
}

type ListRequest = {
  nextToken?: string | undefined;
  maxResults?: number | undefined;
  thingPrincipalType?: string | undefined;
};

type Link = [name: string, data: ThingPrincipalRecord];

function principalsPage(
  scope: Scope,
  operation: string,
  input: ListRequest & { thingName: string | undefined },
): Page<Link> {
  const thingName = required(input.thingName, 'thingName');
  if (!scope.region.things.has(thingName)) {
    throw notFound(
      `Failed to list principals for thing ${thingName} because the thing does not exist in your account`,
    );
  }
  return linksPage(scope, [operation, thingName], {
    ...input,
    links: scope.region.thingPrincipals.rightsOf(thingName),
  });
}

function thingsPage(
  scope: Scope,
  operation: string,
  input: ListRequest & { principal: string | undefined },
): Page<Link> {
  const principal = required(input.principal, 'principal');
  requireCertificateByArn(scope, principal);
  return linksPage(scope, [operation, principal], {
    ...input,
    links: scope.region.thingPrincipals.leftsOf(principal),
  });
}

function linksPage(
  scope: Scope,
  of: readonly string[],
  {
    links,
    nextToken,
    maxResults,
    thingPrincipalType,
  }: ListRequest & { links: ReadonlyMap<string, ThingPrincipalRecord> },
): Page<Link> {
  const items = [...links]
    .filter(([, { type }]) => thingPrincipalType === undefined || type === thingPrincipalType)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return pageOf(
    scope,
    { of: [...of, thingPrincipalType], token: nextToken, size: maxResults },
    { items, keyOf: ([name]) => name },
  );
}
