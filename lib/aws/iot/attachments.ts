/**
 * What hangs on what: things and their principals, policies and their targets.
 * AWS IoT API Reference: ListThingPrincipals, ListPrincipalThings, ListAttachedPolicies, ListTargetsForPolicy,
 * ListThingGroupsForThing.
 * @module
 */
import 'server-only';
import {
  type IoTClient,
  ListAttachedPoliciesCommand,
  ListPrincipalThingsCommand,
  ListTargetsForPolicyCommand,
  ListThingGroupsForThingCommand,
  ListThingPrincipalsCommand,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import type { Failure } from '@/lib/failure';
import type { PolicySummary } from '@/lib/registry/iot-policy';
import type { Page, PageRequest } from '@/lib/registry/page';
import { type Principal, parsePrincipal } from '@/lib/registry/principal';
import type { Result } from '@/lib/result';
import { toPolicySummary } from './to-policy';

export type AttachmentReads = {
  listThingPrincipals(thingName: string, page: PageRequest): Promise<Result<Page<Principal>, Failure>>;
  /** Names of the things a principal (a certificate's ARN) is attached to. */
  listPrincipalThings(principalArn: string, page: PageRequest): Promise<Result<Page<string>, Failure>>;
  /** Policies on a certificate's or thing group's ARN; those inherited from parent groups are not among them. */
  listAttachedPolicies(targetArn: string, page: PageRequest): Promise<Result<Page<PolicySummary>, Failure>>;
  listPolicyTargets(policyName: string, page: PageRequest): Promise<Result<Page<Principal>, Failure>>;
  /** Names of the static groups a thing is in. */
  listThingGroups(thingName: string, page: PageRequest): Promise<Result<Page<string>, Failure>>;
};

export function attachmentReads({ call }: Caller<IoTClient>): AttachmentReads {
  return {
    async listThingPrincipals(thingName, { pageSize, token }) {
      const answer = await call(
        'ListThingPrincipals',
        (iot, options) =>
          iot.send(
            new ListThingPrincipalsCommand({ thingName, maxResults: pageSize, nextToken: token }),
            options,
          ),
        ({ principals, nextToken }) => ({ items: (principals ?? []).map(parsePrincipal), nextToken }),
      );
      return orNotFound(answer, 'thing', thingName);
    },

    listPrincipalThings: (principalArn, { pageSize, token }) =>
      call(
        'ListPrincipalThings',
        (iot, options) =>
          iot.send(
            new ListPrincipalThingsCommand({
              principal: principalArn,
              maxResults: pageSize,
              nextToken: token,
            }),
            options,
          ),
        ({ things, nextToken }) => ({ items: things ?? [], nextToken }),
      ),

    listAttachedPolicies: (targetArn, { pageSize, token }) =>
      call(
        'ListAttachedPolicies',
        (iot, options) =>
          iot.send(new ListAttachedPoliciesCommand({ target: targetArn, pageSize, marker: token }), options),
        ({ policies, nextMarker }) => ({
          items: (policies ?? []).map(toPolicySummary),
          nextToken: nextMarker,
        }),
      ),

    async listPolicyTargets(policyName, { pageSize, token }) {
      const answer = await call(
        'ListTargetsForPolicy',
        (iot, options) =>
          iot.send(new ListTargetsForPolicyCommand({ policyName, pageSize, marker: token }), options),
        ({ targets, nextMarker }) => ({ items: (targets ?? []).map(parsePrincipal), nextToken: nextMarker }),
      );
      return orNotFound(answer, 'policy', policyName);
    },

    async listThingGroups(thingName, { pageSize, token }) {
      const answer = await call(
        'ListThingGroupsForThing',
        (iot, options) =>
          iot.send(
            new ListThingGroupsForThingCommand({ thingName, maxResults: pageSize, nextToken: token }),
            options,
          ),
        ({ thingGroups, nextToken }) => ({
          items: (thingGroups ?? []).flatMap(({ groupName }) => groupName ?? []),
          nextToken,
        }),
      );
      return orNotFound(answer, 'thing', thingName);
    },
  };
}
